import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** True when a package of the bench is there, in the version that is pinned. */
function isInstalled(name: string, version: string): boolean {
  const file = `${FOLDER}node_modules/${name}/package.json`;
  if (!existsSync(file)) return false;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version === version;
}

/**
 * Installs the other engines into test/bench/node_modules unless they are there; npm's words go to
 * stderr. The packages that are missing all the same: their rows are left out.
 */
export function installEngines(): ReadonlySet<string> {
  const manifest = JSON.parse(readFileSync(`${FOLDER}package.json`, 'utf8')) as Manifest;
  const missing = () =>
    Object.entries(manifest.dependencies)
      .filter(([name, version]) => !isInstalled(name, version))
      .map(([name]) => name);
  if (missing().length) {
    console.error('Installing the engines to compare with into test/bench/node_modules ...');
    // npm itself is a script on Windows, hence the shell.
    spawnSync('npm ci --no-audit --no-fund', { cwd: FOLDER, shell: true, stdio: ['ignore', 2, 2] });
  }
  const left = missing();
  for (const name of left) console.error(`${name} could not be installed: its rows are left out.`);
  return new Set(left);
}
