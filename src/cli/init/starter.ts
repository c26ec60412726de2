import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ForesightError } from '../../util/error.ts';
import { PACKAGE } from './edit-manifest.ts';
import type { Plan } from './plan.ts';

/** npm leaves files of this name out of a package. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** Plans a new game in a folder, which may be missing. Throws `bad-data` where files are in the way. */
export function planStarter(folder: string, version: string): Plan {
  const source = join(packageRoot(), 'starter');
  const changes = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/^(?:node_modules|dist)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(source, path), 'utf8');
      const after = path === 'package.json' ? withVersion(text, version) : text;
      return { path: RENAMED[path] ?? path, before: null, after };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const target = resolve(folder);
  const there = changes.map(({ path }) => path).filter((path) => existsSync(join(target, path)));
  if (there.length)
    throw new ForesightError(
      'bad-data',
      `"${folder}" has ${there.join(', ')} already, which the starter would replace. Give an empty or new folder, or leave --starter out to add the plugin to the game that is there.`,
    );
  const enter = target === process.cwd() ? '' : `cd ${relative(process.cwd(), target)} && `;
  return {
    folder: target,
    bundler: 'Vite',
    game: 'src/main.ts',
    changes,
    steps: [`Run ${enter}npm install && npm run dev.`],
  };
}

const withVersion = (manifest: string, version: string): string =>
  manifest.replace(new RegExp(`("${PACKAGE}": )"[^"]*"`), `$1"^${version}"`);

/** The folder of this package: of the built command as of its sources. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'starter/package.json'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new ForesightError(
        'bad-data',
        'The starter is not in this package. Install phaser-foresight again.',
      );
    folder = above;
  }
  return folder;
}
