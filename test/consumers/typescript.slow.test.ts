import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, it } from 'vitest';
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
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};
const BUNDLER = { ...STRICT, module: 'ESNext', moduleResolution: 'bundler' };
const NODE = { ...STRICT, module: 'nodenext' };

/** What a file can import. */
const ENTRIES = `import * as all from 'phaser-foresight';
import * as core from 'phaser-foresight/core';
import * as lab from 'phaser-foresight/lab';
import * as tfjs from 'phaser-foresight/tfjs';
import 'phaser-foresight/worker';

export const entries = { all, core, lab, tfjs };
`;

const SCENE_TYPES = `import * as Phaser from 'phaser';
import 'phaser-foresight/scene-types';

export class Fight extends Phaser.Scene {
  override create = (): number => this.foresight.tick();
}
`;

const configOf = (compilerOptions: object, include: readonly string[]): string =>
  JSON.stringify({ compilerOptions, include });

const COMPILERS = ['typescript57', 'typescript59', 'typescript6', 'typescript7'];
const CONFIGS = ['bundler.json', 'node.json', 'scenes.json'];

let project: Project;

beforeAll(async () => {
  const [toolbox, { folder: packed }] = await Promise.all([installToolbox(), packedPackage()]);
  const game = await readFile(new URL('../e2e/consumer/game.ts', import.meta.url), 'utf8');
  const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];
  project = await makeProject({
    toolbox,
    packed,
    packages: ['phaser', ...tfjs, ...COMPILERS],
    files: {
      ...(await typeScriptGame()),
      'typed/game.ts': game,
      'typed/entries.ts': ENTRIES,
      'scenes/fight.ts': SCENE_TYPES,
      'bundler.json': configOf(BUNDLER, ['src', 'typed']),
      'node.json': configOf(NODE, ['typed']),
      'scenes.json': configOf(BUNDLER, ['scenes']),
    },
  });
});

afterAll(() => project?.remove());

it.each(COMPILERS)('%s accepts games that use the package', async (compiler) => {
  for (const config of CONFIGS) {
    const args = ['--project', config, '--pretty', 'false'];
    // The compiler prints what is wrong, and fails.
    await project.run(`node_modules/${compiler}/bin/tsc`, args);
  }
});
