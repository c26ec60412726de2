import { dirname, join } from 'node:path';
import type { Change } from './changes.ts';
import { FORESIGHT_CALL } from './edit-code.ts';
import { PACKAGE, addDependency } from './edit-manifest.ts';
import { addScripts, addToImportMap, isInstalled, isPhaser, mappedAddress } from './edit-page.ts';
import { exampleFile } from './example.ts';
import { editGame, fileWith } from './game-code.ts';
import type { GameEdit } from './game-code.ts';
import { readProject } from './read-project.ts';
import type { Bundler, Page, Project } from './read-project.ts';
import { readText } from './read-text.ts';

/** What has to change in a project to use the plugin. */
export interface Plan {
  /** Absolute. */
  readonly folder: string;
  readonly bundler: Bundler;
  /** The file with the config of the game. */
  readonly game: string;
  readonly changes: readonly Change[];
  /** What the developer has to write, and then does, in whole sentences. */
  readonly steps: readonly string[];
}

export interface PlanOptions {
  /** The file that makes the game, below the folder; looked for unless given. */
  readonly game?: string;
  /** The version of the package to depend on. */
  readonly version: string;
}

/**
 * Plans how to add the plugin to the project in a folder; writes nothing. Throws `bad-data` where there is
 * no project, no file makes a game, or several do.
 */
export function planInit(folder: string, { game, version }: PlanOptions): Plan {
  const project = readProject(folder);
  const { part, edit } = editGame(project, game);
  const example = edit.kind === 'done' ? null : examplePath(project, part);
  const files = new Map<string, string>();
  const write = (path: string, text: string | null): void => {
    if (text !== null) files.set(path, text);
  };
  const { page, manifest } = project;
  const isMapped = project.bundler === 'import map';
  const hasTags = project.bundler === 'script tag';
  if (page && isMapped) write(page.path, addToImportMap(page.text, version));
  if (page && hasTags) {
    const name = example?.slice(example.lastIndexOf('/') + 1) ?? null;
    write(page.path, addScripts(page.text, version, name));
  }
  if (edit.kind === 'edited') {
    // The game may be in the page itself, whose other scripts were changed just now.
    const text = fileWith(part, edit.text);
    const changed = files.get(part.path);
    write(part.path, changed === undefined ? text : changed.replace(part.code, () => edit.text));
  }
  const isPackage = page && (isMapped || hasTags) ? isInstalled(phaserOf(page)) : true;
  if (manifest && isPackage && !(PACKAGE in manifest.packages))
    write('package.json', addDependency(manifest.text, version));
  if (example !== null && readText(join(project.folder, example)) === null)
    write(example, exampleFile({ isTypeScript: example.endsWith('.ts'), isScript: part.isScript }));
  const changes = [...files]
    .map(([path, after]) => ({ path, before: readText(join(project.folder, path)), after }))
    .filter(({ before, after }) => before !== after);
  const installs = changes.some(({ path }) => path === 'package.json');
  return {
    folder: project.folder,
    bundler: project.bundler,
    game: part.path,
    changes,
    steps: [
      ...byHand({ part, edit }),
      ...(isMapped && page && mappedAddress(page.text, 'phaser') === null
        ? [`Map "phaser" and "${PACKAGE}" in the import map of ${page.path}.`]
        : []),
      ...(installs ? [`Run ${project.install}.`] : []),
      ...(example === null
        ? []
        : [`Call addForesight(this, player, enemy) of ${example} in create() of your scene.`]),
    ],
  };
}

/** The address of Phaser in a page without a bundler. */
const phaserOf = ({ text, scripts }: Page): string =>
  mappedAddress(text, 'phaser') ?? scripts.find(isPhaser)?.src ?? '';

/** Where the example goes: into src/, or next to the game or, for script tags, next to the page. */
function examplePath({ page, bundler, isTypeScript }: Project, { path }: GameEdit['part']): string {
  const isTyped = /\.[cm]?tsx?$/.test(path) || (isTypeScript && /\.(?:vue|svelte)$/.test(path));
  const folder =
    bundler === 'script tag' && page
      ? dirname(page.path)
      : path.startsWith('src/')
        ? 'src'
        : dirname(path);
  return join(folder, `foresight-example.${isTyped ? 'ts' : 'js'}`).replaceAll('\\', '/');
}

/** What has to be written by hand into the config of the game. */
function byHand({ part: { path, isScript }, edit }: GameEdit): string[] {
  const call = isScript ? `PhaserForesight.${FORESIGHT_CALL}` : FORESIGHT_CALL;
  const first = isScript ? '' : ` Add at its top: import { foresight } from '${PACKAGE}';`;
  if (edit.kind === 'plugins')
    return [
      `${path} has plugins already.${first} Then merge: const { global, scene } = ${call}; and plugins: { global: [...global, (yours)], scene: [...scene, (yours)] }.`,
    ];
  if (edit.kind === 'unknown')
    return [
      `The config of the game in ${path} is not an object in the code, so it was not changed.${first} And in the config: plugins: ${call}.`,
    ];
  return [];
}
