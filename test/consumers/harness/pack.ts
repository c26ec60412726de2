import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { runCommand } from './processes.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let scratch: string | undefined;

/** Packs the package as npm would publish it; returns the file. */
async function pack(folder: string): Promise<string> {
  await mkdir(folder);
  await runCommand({ command: 'npm', args: ['pack', '--pack-destination', folder], cwd: ROOT });
  const [file] = await readdir(folder);
  return join(folder, file);
}

/**
 * Provides `tarball`, the packed package, and `packed`, the folder of its files. With TARBALL set, that
 * file is tested instead of a new one.
 */
export async function setup(project: TestProject): Promise<void> {
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'foresight-packed-')));
  const { TARBALL } = process.env;
  const tarball = TARBALL ? resolve(TARBALL) : await pack(join(scratch, 'tarball'));
  await runCommand({ command: 'tar', args: ['-xzf', tarball, '-C', scratch], cwd: scratch });
  project.provide('tarball', tarball);
  project.provide('packed', join(scratch, 'package'));
}

export async function teardown(): Promise<void> {
  if (scratch) await rm(scratch, { recursive: true, force: true });
}
