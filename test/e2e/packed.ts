import { rmSync } from 'node:fs';
import { cp, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { packedPackage } from '../consumers/harness/packed-package.ts';

/** The package as npm would publish it. */
export interface Packed {
  readonly tarball: string;
  /** A project that has it installed, outside of the checkout: no other package can be found from there. */
  readonly project: string;
  /** Where it is installed. */
  readonly dir: string;
}

let made: Promise<Packed> | undefined;

/** Builds, packs and installs the package, once for all test files of a run. */
export const packed = (): Promise<Packed> => (made ??= install());

async function install(): Promise<Packed> {
  const { tarball, folder } = await packedPackage();
  const project = await realpath(await mkdtemp(join(tmpdir(), 'foresight-packed-')));
  process.once('exit', () => rmSync(project, { recursive: true, force: true }));
  const dir = join(project, 'node_modules', 'phaser-foresight');
  await cp(folder, dir, { recursive: true });
  return { tarball, project, dir };
}
