import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { builtPackage } from './built-package.ts';
import { bundleSize } from './bundle-size.ts';

/**
 * The most kilobytes, gzipped, that may load before a game begins: a program minified by its bundler. Raise
 * one only for what every game needs; all else is imported when it is first needed, or is an entry of its own.
 */
const PROGRAMS = [
  {
    what: 'recording',
    program: `export { Recorder, defineSpec } from './core.js';`,
    most: 6,
  },
  {
    what: 'predicting',
    program: `export { Predictor } from './core.js';`,
    most: 23.5,
  },
  {
    what: 'recording, predicting and reading checkpoints',
    program: `export { Predictor, Recorder, defineSpec, parseCheckpoint } from './core.js';`,
    most: 39,
  },
  {
    what: 'a game that learns and counters',
    program: `export { CounterController, defineSpec, foresight, number } from './phaser-foresight.js';`,
    most: 30,
  },
  { what: 'the fused LSTM', program: `export { fusedLstm } from './tfjs.js';`, most: 8.5 },
];

/** Files that load on their own. */
const FILES = [{ file: 'phaser-foresight.global.js', most: 126.5 }];

const KILOBYTE = 1000;

let dist: string;

beforeAll(async () => {
  dist = (await builtPackage()).replace(/\/$/, '');
});

it.each(PROGRAMS)('$what takes at most $most kB', async ({ program, most }) => {
  expect((await bundleSize(program, dist)).first).toBeLessThan(most * KILOBYTE);
});

it('loads the training panel when it is first opened, and what predicts with the first weights', async () => {
  const { first, later } = await bundleSize(`export * from './phaser-foresight.js';`, dist);
  expect(later).toBeGreaterThan(50 * KILOBYTE);
  expect(first).toBeLessThan(39 * KILOBYTE);
});

it.each(FILES)('$file takes at most $most kB', async ({ file, most }) => {
  const bytes = gzipSync(await readFile(`${dist}/${file}`), { level: 9 });
  expect(bytes.length).toBeLessThan(most * KILOBYTE);
});
