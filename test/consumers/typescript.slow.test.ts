import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeScriptGame } from './harness/game-text.ts';
import { packedPackage } from './harness/packed-package.ts';
import { makeProject } from './harness/project.ts';
import type { Project } from './harness/project.ts';
import { installToolbox } from './harness/toolbox.ts';

/** Every declaration is checked, those of the package too, with no more than a game for browsers has. */
const STRICT = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};
const BUNDLER = { ...STRICT, module: 'ESNext', moduleResolution: 'bundler' };
const NODE = { ...STRICT, module: 'nodenext' };

/** The entries that need no other package. */
const ALONE = `import * as core from 'phaser-foresight/core';
import * as lab from 'phaser-foresight/lab';
import 'phaser-foresight/worker';

export const entries = { core, lab };
`;

const LAYER = `import { fusedLstm } from 'phaser-foresight/tfjs';

export const layer = fusedLstm({ units: 8 });
`;

const SCENE_TYPES = `import * as Phaser from 'phaser';
import 'phaser-foresight/scene-types';

export class Fight extends Phaser.Scene {
  create = (): number => this.foresight.tick();
}
`;

const configOf = (compilerOptions: object, include: readonly string[]): string =>
  JSON.stringify({ compilerOptions, include });

const COMPILERS = ['typescript57', 'typescript59', 'typescript6', 'typescript7'];

let project: Project;

beforeAll(async () => {
  const [toolbox, { folder: packed }] = await Promise.all([installToolbox(), packedPackage()]);
  const game = await readFile(new URL('../e2e/consumer/game.ts', import.meta.url), 'utf8');
  project = await makeProject({
    toolbox,
    packed,
    packages: ['phaser', '@tensorflow/tfjs', ...COMPILERS],
    files: {
      ...(await typeScriptGame()),
      'typed/game.ts': game,
      'layer/layer.ts': LAYER,
      'alone/entries.ts': ALONE,
      'scenes/fight.ts': SCENE_TYPES,
      'alone-bundler.json': configOf(BUNDLER, ['alone']),
      'alone-node.json': configOf(NODE, ['alone']),
      'bundler.json': configOf(BUNDLER, ['src', 'typed', 'layer']),
      'node.json': configOf(NODE, ['typed', 'layer']),
      'scenes.json': configOf(BUNDLER, ['scenes']),
    },
  });
});

afterAll(() => project?.remove());

const compile = (compiler: string, config: string): Promise<string> =>
  project.run(`node_modules/${compiler}/bin/tsc`, ['--project', config, '--pretty', 'false']);

/** What a compiler finds wrong with the package, and with files that use it. */
async function faults(compiler: string, config: string): Promise<string[]> {
  const printed = await compile(compiler, config).catch((error: Error) => error.message);
  const found = printed.split('\n').filter((line) => /^\S.*\(\d+,\d+\): error/.test(line));
  // Phaser and tfjs have faults of their own in their declarations.
  return found.filter((line) => !/node_modules\/(?!phaser-foresight\/)/.test(line));
}

describe.each(COMPILERS)('%s', (compiler) => {
  it.each(['alone-bundler.json', 'alone-node.json'])(
    'finds nothing wrong with the entries that need no other package (%s)',
    // It fails where it finds something.
    async (config) => void (await compile(compiler, config)),
  );

  it.each(['bundler.json', 'node.json', 'scenes.json'])(
    'finds nothing wrong with games, layers and scenes that use the package (%s)',
    async (config) => expect(await faults(compiler, config)).toEqual([]),
  );
});
