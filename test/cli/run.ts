import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/cli/run-command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = import.meta.resolve('tsx');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Here standard error holds errors alone. */
export interface EndedHere extends Ended {
  readonly progress: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sends Ctrl-C once standard error holds this text. */
  readonly interruptAt?: string;
}

/** Runs the real command as a process of its own. */
export function foresight(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { DEBUG: _, ...inherited } = process.env;
  const command = ['--import', TSX, join(ROOT, 'src/cli/main.ts'), ...args];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (interrupted || !options.interruptAt || !stderr.includes(options.interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

/**
 * Runs the command within this process: for the many cases where a process of its own adds nothing.
 *
 * @param confirm answers its questions; without it there is no one to answer
 */
export async function foresightHere(
  args: readonly string[],
  confirm?: (question: string) => boolean,
): Promise<EndedHere> {
  let stdout = '';
  let stderr = '';
  const shown: string[] = [];
  const code = await runCommand(args, {
    print: (text) => (stdout += `${text}\n`),
    complain: (text) => (stderr += `${text}\n`),
    progress: new Writable({
      decodeStrings: false,
      write(text: string, _, done) {
        shown.push(text);
        done();
      },
    }),
    ...(confirm && { confirm: async (question) => confirm(question) }),
  });
  return { code, stdout, stderr, progress: shown.join('') };
}

/** A folder for one test file's recordings and models. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'foresight-'));

  /** The path of a file in it. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.file(name), content);
    return this.file(name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
