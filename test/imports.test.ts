import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkImports, isCode } from './imports/check.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Paths of all files in a folder of the project; none when it does not exist. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length).replaceAll('\\', '/'));
  } catch {
    return [];
  }
}

/** A project of small files, given as `[path, text]`. */
const problemsOf = (...files: [string, string][]): string[] => checkImports(new Map(files));

describe('imports of the project', () => {
  const folders = ['src', 'plugin', 'demo', 'examples', 'assets'];
  const paths = [...folders.flatMap(filesIn), 'package.json'];
  const read = (path: string) => (isCode(path) ? readFileSync(ROOT + path, 'utf8') : '');

  it('finds the files', () => {
    expect(paths).toContain('src/util/error.ts');
  });

  it('go along the arrows of the design only', () => {
    expect(checkImports(new Map(paths.map((path) => [path, read(path)])))).toEqual([]);
  });
});

describe('the check itself', () => {
  const util: [string, string] = ['src/util/math.ts', 'export const one = 1;'];

  it('accepts an allowed arrow', () => {
    expect(
      problemsOf(util, ['src/record/spec.ts', `import { one } from '../util/math.ts';`]),
    ).toEqual([]);
  });

  it.each([
    ['an import', `import { a } from '../record/spec.ts';`],
    ['a type import', `import type { A } from '../record/spec.ts';`],
    ['a bare import', `import '../record/spec.ts';`],
    ['a re-export', `export * from '../record/spec.ts';`],
    ['a type re-export', `export type { A } from '../record/spec.ts';`],
    ['a lazy import', `export const a = () => import('../record/spec.ts');`],
    ['a type query', `export type A = import('../record/spec.ts').A;`],
  ])('reports %s against the arrows', (_, text) => {
    expect(problemsOf(['src/util/math.ts', text], ['src/record/spec.ts', ''])).toEqual([
      'src/util/math.ts:1: ../record/spec.ts is not for util',
    ]);
  });

  it('distinguishes types, lazy imports and values', () => {
    const predict: [string, string] = ['src/predict/prediction.ts', ''];
    const webgpu: [string, string] = ['src/kernels/webgpu/backend.ts', ''];
    const npc = (text: string) => problemsOf(predict, ['src/npc/controller.ts', text]);
    expect(npc(`import type { A } from '../predict/prediction.ts';`)).toEqual([]);
    expect(npc(`import { type A, type B } from '../predict/prediction.ts';`)).toEqual([]);
    expect(npc(`import { type A, b } from '../predict/prediction.ts';`)).toHaveLength(1);
    const train = (text: string) => problemsOf(webgpu, ['src/train/engine.ts', text]);
    expect(train(`export const a = () => import('../kernels/webgpu/backend.ts');`)).toEqual([]);
    expect(train(`import { a } from '../kernels/webgpu/backend.ts';`)).toEqual([
      'src/train/engine.ts:1: ../kernels/webgpu/backend.ts may only be loaded lazily by train',
    ]);
  });

  it('reports packages that a folder may not use', () => {
    const tensorflow = `import * as tf from '@tensorflow/tfjs-core';`;
    expect(problemsOf(['src/kernels/webgpu/lstm.ts', tensorflow])).toEqual([]);
    expect(problemsOf(['src/train/engine.ts', tensorflow])).toHaveLength(1);
    expect(problemsOf(['src/record/store.ts', `import 'phaser';`])).toHaveLength(1);
    expect(problemsOf(['demo/duel/rules/duel.ts', `import 'phaser';`])).toHaveLength(1);
    expect(problemsOf(['src/record/store.ts', `export const a = import(name);`])).toEqual([
      'src/record/store.ts:1: <computed> is not for record',
    ]);
  });

  it('lets plugin and demo in through the doors only', () => {
    const doors: [string, string][] = [
      ['src/core.ts', ''],
      ['src/worker/client.ts', ''],
      ['plugin/index.ts', `import '../src/worker/client.ts';`],
      ['plugin/overlay.ts', ''],
    ];
    expect(problemsOf(...doors, ['demo/main.ts', `import '../plugin/index.ts';`])).toEqual([]);
    expect(problemsOf(...doors, ['demo/main.ts', `import '../plugin/overlay.ts';`])).toEqual([
      'demo/main.ts:1: ../plugin/overlay.ts is not an entry of plugin',
    ]);
    expect(problemsOf(util, ['demo/main.ts', `import '../src/util/math.ts';`])).toHaveLength(1);
    expect(
      problemsOf(['demo/duel/rules/a.ts', `import '../../main.ts';`], ['demo/main.ts', '']),
    ).toEqual(['demo/duel/rules/a.ts:1: ../../main.ts is not for demo/rules']);
  });

  it('reports cycles, missing extensions, strange folders and long files', () => {
    expect(
      problemsOf(
        ['src/util/a.ts', `import './b.ts';`],
        ['src/util/b.ts', `import type { A } from './a.ts';`],
      ),
    ).toEqual(['cycle: src/util/a.ts -> src/util/b.ts -> src/util/a.ts']);
    expect(problemsOf(util, ['src/util/a.ts', `import './math';`])).toHaveLength(1);
    expect(problemsOf(['src/stray/a.ts', ''])).toEqual([
      'src/stray/a.ts is in no folder of the table',
    ]);
    expect(problemsOf(['src/util/a.ts', '//\n'.repeat(401)])).toEqual([
      'src/util/a.ts has 401 lines, more than 400',
    ]);
  });
});
