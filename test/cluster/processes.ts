import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLUSTER = fileURLToPath(new URL('../../cluster', import.meta.url));
const STUBS = fileURLToPath(new URL('stubs', import.meta.url));

/** The Python that has torch: the one in the path, or Debian's with python3-torch. */
export const PYTHON = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch']).status === 0,
);
export const NO_TORCH = 'python3 cannot import torch: apt-get install python3-torch';

/** A line that the first process logs. */
export type LogLine = Readonly<Partial<Record<'update' | 'epoch', number>>> & {
  readonly loss: number;
  readonly learningRate?: number;
  readonly heldOutLoss?: number;
};

export interface RunEnd {
  readonly lines: readonly LogLine[];
  /** Exit codes by rank; null of a process that was killed. */
  readonly codes: readonly (number | null)[];
  readonly errors: string;
}

export interface RunOptions {
  readonly shards: string;
  readonly out: string;
  readonly processes: number;
  readonly args?: readonly string[];
  /** Called with each line of the first process and all of them. */
  readonly onLine?: (line: LogLine, running: readonly ChildProcess[]) => void;
}

/** Trains with that many processes, which find each other by RANK and WORLD_SIZE. */
export async function trainOn({
  shards,
  out,
  processes,
  args = [],
  onLine,
}: RunOptions): Promise<RunEnd> {
  const port = await freePort();
  const lines: LogLine[] = [];
  let errors = '';
  const running = Array.from({ length: processes }, (_, rank) =>
    spawn(
      PYTHON ?? 'python3',
      [
        '-m',
        'foresight_cluster.train',
        shards,
        '--out',
        out,
        '--log',
        '-',
        '--threads',
        '1',
        ...args,
      ],
      {
        cwd: CLUSTER,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          ...(processes > 1 && {
            RANK: String(rank),
            WORLD_SIZE: String(processes),
            MASTER_ADDR: '127.0.0.1',
            MASTER_PORT: String(port),
          }),
        },
      },
    ),
  );
  for (const { stderr } of running)
    stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const logged = createInterface({ input: running[0].stdout });
  logged.on('line', (text) => {
    const line = JSON.parse(text) as LogLine;
    lines.push(line);
    onLine?.(line, running);
  });
  const codes = await Promise.all(
    running.map(
      (child) =>
        new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code))),
    ),
  );
  return { lines, codes, errors };
}

/** Runs another module of the package; returns its output. */
export function runModule(module: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    PYTHON ?? 'python3',
    ['-m', `foresight_cluster.${module}`, ...args],
    { cwd: CLUSTER, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Runs an example, with stand-ins for the packages that it needs. */
export function runExample(
  name: string,
  args: readonly string[],
): { readonly code: number | null; readonly errors: string } {
  const { status: code, stderr: errors } = spawnSync(
    PYTHON ?? 'python3',
    [join(CLUSTER, 'examples', name), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: [CLUSTER, STUBS].join(delimiter), OMP_NUM_THREADS: '1' },
    },
  );
  return { code, errors };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
