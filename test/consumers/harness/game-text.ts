import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const GAME = fileURLToPath(new URL('../game', import.meta.url));

/** Files of a project: text by path. */
export type Files = Readonly<Record<string, string>>;

const read = (name: string): Promise<string> => readFile(`${GAME}/${name}`, 'utf8');

/** What both games have. */
const SHARED = { 'src/play-itself.ts': 'play-itself.ts', 'src/report.ts': 'report.ts' };

const readAll = async (files: Files): Promise<Files> =>
  Object.fromEntries(
    await Promise.all(Object.entries(files).map(async ([path, name]) => [path, await read(name)])),
  );

/** The game as its author wrote it, for tools that read TypeScript. */
export const typeScriptGame = (): Promise<Files> =>
  readAll({ ...SHARED, 'src/main.ts': 'main.ts', 'src/game.ts': 'game.ts' });

/** A game without the plugin, but for the step that `foresight init` leaves to its author. */
export const plainGame = (): Promise<Files> =>
  readAll({ ...SHARED, 'src/main.ts': 'plain/main.ts', 'src/fight.ts': 'plain/fight.ts' });

const toJavaScript = (text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;

/** A game without its types, as modules. */
export const withoutTypes = (game: Files): Files =>
  Object.fromEntries(
    Object.entries(game).map(([path, text]) => [
      path.replace(/\.ts$/, '.js'),
      // Browsers want the whole name.
      toJavaScript(text).replaceAll(/ from '(\.[^']*)'/g, ` from '$1.js'`),
    ]),
  );

export const javaScriptGame = async (): Promise<Files> => withoutTypes(await typeScriptGame());

/** The game as one script that finds Phaser and the package among the globals. */
export async function classicGame(): Promise<Files> {
  const game = await javaScriptGame();
  const text = ['play-itself', 'game', 'main'].map((name) => game[`src/${name}.js`]).join('');
  return {
    'game.js': text
      .replaceAll(/import \{([^}]*)\} from 'phaser-foresight';/g, 'const {$1} = PhaserForesight;')
      .replaceAll(/^import .*$/gm, '')
      .replaceAll(/^export /gm, ''),
  };
}

/** A page with a main script, and whatever comes before it. */
export const pageWith = (script: string, before = ''): string => `<!doctype html>
<meta charset="utf-8">
<title>My game</title>
<link rel="icon" href="data:,">
<body>
${before}
${script}
`;
