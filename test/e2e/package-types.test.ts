import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, it } from 'vitest';
import { unnamedTypes } from './declared-types.ts';
import { builtPackage, ROOT } from './built-package.ts';

const consumer = (file: string): string =>
  fileURLToPath(new URL(`consumer/${file}`, import.meta.url));
const GAME = consumer('game.ts');
const LIBRARY = consumer('library.ts');

let dist: string;

beforeAll(async () => {
  dist = (await builtPackage()).replace(/\/$/, '');
});

/** Errors in files and in the package, which is checked too. Phaser's own declarations have errors, which are not of interest. */
function errorsOf(files: readonly string[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // Nothing newer, and no @webgpu/types: that is what a game has.
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    skipLibCheck: false,
    declaration: true,
    emitDeclarationOnly: true,
    paths: {
      'phaser-foresight': [`${dist}/phaser-foresight.d.ts`],
      'phaser-foresight/*': [`${dist}/*.d.ts`],
      '*': [`${ROOT}node_modules/*`],
    },
  };
  const program = ts.createProgram({ rootNames: files, options });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(dist) || files.includes(fileName))
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map((one) => ts.formatDiagnostic(one, HOST));
}

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
};

it('lets a strict game compile that checks the declarations of its libraries', () => {
  expect(errorsOf([GAME])).toEqual([]);
});

it('lets a library that builds on it write declarations of its own', () => {
  expect(errorsOf([LIBRARY])).toEqual([]);
});

it('lets programs without Phaser compile', () => {
  const entries = ['core', 'lab', 'foresight.worker'].map((name) => `${dist}/${name}.d.ts`);
  expect(errorsOf(entries)).toEqual([]);
});

it('names every type of a signature in the same entry or in the core', () => {
  const core = `${dist}/core.d.ts`;
  expect(unnamedTypes({ entry: core })).toEqual([]);
  for (const name of ['phaser-foresight', 'lab', 'tfjs'])
    expect(unnamedTypes({ entry: `${dist}/${name}.d.ts`, core })).toEqual([]);
});
