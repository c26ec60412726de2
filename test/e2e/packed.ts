import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { builtPackage, ROOT } from './built-package.ts';

const NAME = 'phaser-foresight';

const run = promisify(execFile);

/** The package as npm would publish it. */
export interface Packed {
  readonly tarball: string;
  /** A project that has it installed, outside of the checkout: no other package can be found from there. */
  readonly project: string;
  /** Where it is installed. */
  readonly dir: string;
}

let made: Promise<Packed> | undefined;

/** Builds and packs the package, once for all test files of a run. */
export const packed = (): Promise<Packed> => (made ??= pack());

async function pack(): Promise<Packed> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'foresight-packed-')));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  await builtPackage();
  // Its scripts would build again.
  await npm(['pack', '--ignore-scripts', '--pack-destination', scratch], ROOT);
  const [file] = await readdir(scratch);
  const tarball = join(scratch, file);
  const modules = join(scratch, 'project', 'node_modules');
  await mkdir(modules, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', modules]);
  await rename(join(modules, 'package'), join(modules, NAME));
  return { tarball, project: join(scratch, 'project'), dir: join(modules, NAME) };
}

// In a shell where npm is a batch file.
const npm = (args: readonly string[], cwd: string) =>
  run('npm', [...args], { cwd, shell: process.platform === 'win32' });
