import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './processes.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const HERE = fileURLToPath(new URL('..', import.meta.url));

/** The folder of packages that consumers are built with. Absolute. */
export interface Toolbox {
  readonly modules: string;
}

/** What the project has installed already: Vite, esbuild and both versions of Phaser. */
export const ROOT_TOOLBOX: Toolbox = { modules: join(ROOT, 'node_modules') };

/** Every bundler and compiler of the slow tier; installed here when the lock file has changed. */
export async function installToolbox(): Promise<Toolbox> {
  const modules = join(HERE, 'node_modules');
  const stamp = join(modules, '.installed');
  const lock = await readFile(join(HERE, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const installed = await readFile(stamp, 'utf8').catch(() => '');
  if (installed !== wanted) {
    await runCommand({ command: 'npm', args: ['ci', '--no-audit', '--no-fund'], cwd: HERE });
    await writeFile(stamp, wanted);
  }
  return { modules };
}

/** Version of an installed package. */
export async function versionOf({ modules }: Toolbox, name: string): Promise<string> {
  const manifest = await readFile(join(modules, name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
