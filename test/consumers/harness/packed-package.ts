import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { builtPackage, ROOT } from '../../e2e/built-package.ts';
import { runCommand } from './processes.ts';

export interface PackedPackage {
  /** What npm would publish. Absolute, like `folder`. */
  readonly tarball: string;
  /** Its files. */
  readonly folder: string;
}

const FOLDER = join(ROOT, 'node_modules/.consumers');

let packed: Promise<PackedPackage> | undefined;

/** Builds and packs the package once for all test files. With TARBALL set, that file is unpacked instead. */
export function packedPackage(): Promise<PackedPackage> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<PackedPackage> {
  const { TARBALL } = process.env;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const tarball = TARBALL ? resolve(TARBALL) : await packInto(FOLDER);
  await runCommand({ command: 'tar', args: ['-xzf', tarball], cwd: FOLDER });
  return { tarball, folder: join(FOLDER, 'package') };
}

async function packInto(folder: string): Promise<string> {
  await builtPackage();
  // Its scripts would build again.
  const args = ['pack', '--ignore-scripts', '--pack-destination', folder];
  await runCommand({ command: 'npm', args, cwd: ROOT });
  const [file] = await readdir(folder);
  return join(folder, file);
}
