import { join } from 'node:path';
import { ForesightError } from '../../util/error.ts';
import { FORESIGHT_CALL, addPlugin } from './edit-code.ts';
import type { CodeEdit } from './edit-code.ts';
import { exportedObject, findGame } from './find-game.ts';
import { maskCode } from './mask-code.ts';
import { importedFile, sourcesOf } from './read-project.ts';
import type { Project } from './read-project.ts';
import { readText } from './read-text.ts';
import { scriptsOf } from './scripts-of.ts';

/** Code in a file: all of it, or that of a `<script>` in it. */
export interface CodePart {
  /** Below the project's folder. */
  readonly path: string;
  /** The whole file. */
  readonly text: string;
  /** Where the code starts in it. */
  readonly at: number;
  readonly code: string;
  /** Whether it is a classic script, which cannot import. */
  readonly isScript: boolean;
}

/** The code with the game's config, and what becomes of it; `unknown` where the config cannot be read. */
export interface GameEdit {
  readonly part: CodePart;
  readonly edit: CodeEdit | { readonly kind: 'unknown' };
}

/** Adds the plugin to the config of the project's game. Throws `bad-data` unless one place makes a game. */
export function editGame(project: Project, file: string | undefined): GameEdit {
  const part = gamePart(project, file);
  const game = findGame(part.code);
  if (game?.kind === 'config') return { part, edit: addPlugin(part.code, game.place, part) };
  const path = game?.kind === 'imported' ? importedFile(project, part.path, game.from) : null;
  const [config] = path === null ? [] : partsOf(project, path);
  const place = config && game?.kind === 'imported' ? exportedObject(config.code, game.name) : null;
  if (!config || !place) return { part, edit: { kind: 'unknown' } };
  return { part: config, edit: addPlugin(config.code, place, config) };
}

/** The file with its edited code. */
export const fileWith = ({ text, at, code }: CodePart, edited: string): string =>
  text.slice(0, at) + edited + text.slice(at + code.length);

function gamePart(project: Project, file: string | undefined): CodePart {
  const files = file === undefined ? sourcesOf(project) : [file.replaceAll('\\', '/')];
  const found = files
    .flatMap((path) => partsOf(project, path))
    .filter(({ code }) => findGame(code));
  if (found.length === 1) return found[0];
  const where = file === undefined ? 'No file of the project' : `"${file}"`;
  throw new ForesightError(
    'bad-data',
    found.length
      ? `Several files make a game: ${found.map(({ path }) => path).join(', ')}. Name one of them with --game.`
      : `${where} has \`new Phaser.Game(...)\`, so there is no config to change. Name the file that makes the game with --game, or write it yourself: import { foresight } from 'phaser-foresight', and plugins: ${FORESIGHT_CALL} in the config.`,
  );
}

function partsOf(project: Project, path: string): CodePart[] {
  const text = readText(join(project.folder, path));
  // Most files have nothing to do with it: that is quick to see.
  if (text === null) return [];
  if (/\.(?:html|vue|svelte)$/.test(path))
    return scriptsOf(text)
      .filter(({ kind, src }) => src === undefined && (kind === 'module' || kind === 'classic'))
      .map(({ kind, at, code }) => {
        const isScript = kind === 'classic' && path.endsWith('.html');
        return { path, text, at, code, isScript };
      });
  const isScript = project.bundler === 'script tag' && !/^\s*import\b/m.test(maskCode(text));
  return [{ path, text, at: 0, code: text, isScript }];
}
