import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** A command, its arguments and where it runs. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
}

interface Running {
  readonly child: ChildProcess;
  /** All that it has printed, without colours. */
  output(): string;
}

/** Tools print plain lines, and start nothing that was not requested. */
const QUIET = { NO_COLOR: '1', FORCE_COLOR: '0', PARCEL_AUTOINSTALL: 'false', BROWSER: 'none' };

const GROUPS = process.platform !== 'win32';

function spawnQuietly({ command, args, cwd }: Command): Running {
  // What vitest sets for itself changes what bundlers build.
  const { NODE_ENV: _mode, VITEST: _vitest, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...env, ...QUIET },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what a command starts, such as the script of `npm run`, ends with it.
    detached: GROUPS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  return { child, output: () => output };
}

const named = ({ command, args, cwd }: Command): string => `${command} ${args.join(' ')} in ${cwd}`;

/** Runs a command to its end and returns what it printed. Rejects, with its output, when it fails. */
export function runCommand(command: Command): Promise<string> {
  const { child, output } = spawnQuietly(command);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output());
      else reject(new Error(`${named(command)} ended with ${code ?? signal}:\n${output()}`));
    });
  });
}

export interface StartedCommand {
  /** The first group of the line that was waited for. */
  readonly found: string;
  stop(): Promise<void>;
}

/** Starts a command that keeps running, and waits until it prints what `ready` matches. */
export function startCommand(command: Command, ready: RegExp): Promise<StartedCommand> {
  const { child, output } = spawnQuietly(command);
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = (): Promise<void> => {
    if (GROUPS && child.pid) process.kill(-child.pid);
    else child.kill();
    return ended;
  };
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const match = ready.exec(output());
      if (match) resolve({ found: match[1], stop });
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('error', reject);
    child.on('close', (code) =>
      reject(new Error(`${named(command)} ended with ${code} before it was ready:\n${output()}`)),
    );
  });
}
