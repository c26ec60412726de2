import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const GAME = fileURLToPath(new URL('../game', import.meta.url));

/** Files of a project: text by path. */
export type Files = Readonly<Record<string, string>>;

const read = (name: string): Promise<string> => readFile(`${GAME}/${name}`, 'utf8');

/** The game as its author wrote it, for tools that read TypeScript. */
export async function typeScriptGame(): Promise<Files> {
  const names = ['main.ts', 'game.ts', 'report.ts'];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [`src/${name}`, await read(name)])),
  );
}

const toJavaScript = (text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;

/** The game without its types, as modules. */
export async function javaScriptGame(): Promise<Files> {
  const { 'src/main.ts': main, 'src/game.ts': game } = await typeScriptGame();
  return {
    // Browsers want the whole name.
    'src/main.js': toJavaScript(main).replace(`'./game'`, `'./game.js'`),
    'src/game.js': toJavaScript(game),
  };
}

/** The game as one script that finds Phaser and the package among the globals. */
export async function classicGame(): Promise<Files> {
  const { 'src/main.js': main, 'src/game.js': game } = await javaScriptGame();
  const body = game
    .replace(`import * as Phaser from 'phaser';`, '')
    .replace(/import \{([^}]*)\} from 'phaser-foresight';/, 'const {$1} = PhaserForesight;')
    .replaceAll(/^export /gm, '');
  return { 'game.js': body + main.replace(/^import .*$/m, '') };
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
