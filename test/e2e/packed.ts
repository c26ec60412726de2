import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPackage } from '../../scripts/build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What npm reads of the project besides dist/. */
const FILES = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

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
  // Not in the checkout: other tests read its dist/, and may build it at the same time.
  const source = join(scratch, 'source');
  await buildPackage(join(source, 'dist'));
  for (const file of FILES) await copyFile(join(ROOT, file), join(source, file));
  await npm(['pack', '--ignore-scripts', '--pack-destination', scratch], source);
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const tarball = join(scratch, `${name}-${version}.tgz`);
  const modules = join(scratch, 'project', 'node_modules');
  await mkdir(modules, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', modules]);
  await rename(join(modules, 'package'), join(modules, name));
  return { tarball, project: join(scratch, 'project'), dir: join(modules, name) };
}

// In a shell where npm is a batch file.
const npm = (args: readonly string[], cwd: string) =>
  run('npm', [...args], { cwd, shell: process.platform === 'win32' });
