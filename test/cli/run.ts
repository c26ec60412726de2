import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = fileURLToPath(import.meta.resolve('tsx/cli'));

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command as a process of its own, as `npm run foresight` does. */
export function foresight(args: readonly string[], options: { cwd?: string } = {}): Promise<Ended> {
  const { DEBUG: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TSX, join(ROOT, 'src/cli/main.ts'), ...args],
      { cwd: options.cwd ?? ROOT, env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
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
