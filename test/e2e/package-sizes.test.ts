import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, builtPackage } from './built-package.ts';
import { bundleProgram, bundleSize } from './bundle-size.ts';

const PREDICTING = `export { Predictor, Recorder, defineSpec, readCheckpoint } from './core.js';`;

/**
 * The most kilobytes, gzipped, that may load before a game begins, and `later`: a program minified by its bundler.
 * Raise the first only for what every game needs; all else is imported when it is first needed, or is an entry of its
 * own. What a game loads later includes the sources of the worker and of the code for WebGPU, for pages that lack
 * their files.
 */
const PROGRAMS = [
  {
    what: 'recording',
    program: `export { Recorder, defineSpec } from './core.js';`,
    most: 6,
    later: 0,
  },
  {
    what: 'predicting',
    program: `export { Predictor } from './core.js';`,
    most: 17.1,
    later: 12.5,
  },
  {
    what: 'recording, predicting and reading checkpoints',
    program: PREDICTING,
    most: 23.6,
    later: 25.5,
  },
  {
    what: 'a game that learns and counters',
    program: `export { CounterController, defineSpec, foresight, number } from './phaser-foresight.js';`,
    most: 31,
    later: 330,
  },
  {
    what: 'the fused LSTM',
    program: `export { fusedLstm } from './tfjs.js';`,
    most: 13.5,
    later: 0,
  },
];

/** Files that load on their own. */
const FILES = [{ file: 'phaser-foresight.global.js', most: 134 }];

const KILOBYTE = 1000;

/** Uses the program's names. */
const MAIN = `import { readFileSync } from 'node:fs';
import { Predictor, readCheckpoint } from './program.js';

const checkpoint = await readCheckpoint(readFileSync(process.argv[2]));
const predictor = await Predictor.create(checkpoint);
const values = new Float32Array(checkpoint.statistics.fields.length);
const { probabilities } = predictor.observe('player', { tick: 0, action: 0, values });
const sum = Math.round(1000 * probabilities.reduce((a, b) => a + b)) / 1000;
console.info(JSON.stringify({ spec: checkpoint.spec.name, engine: predictor.engine, sum }));`;

let dist: string;

beforeAll(async () => {
  dist = (await builtPackage()).replace(/\/$/, '');
});

it.each(PROGRAMS)('$what takes at most $most kB, and $later kB later', async (one) => {
  const { first, later } = await bundleSize(one.program, dist);
  expect(first).toBeLessThan(one.most * KILOBYTE);
  expect(later).toBeLessThanOrEqual(one.later * KILOBYTE);
});

it('reads a checkpoint and predicts, with what such a program loads later', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'foresight-divided-'));
  try {
    const chunks = await bundleProgram(PREDICTING, dist);
    const files = chunks.map(({ fileName, code }) => [fileName, code] as const);
    for (const [name, text] of [...files, ['package.json', '{"type":"module"}'], ['main.js', MAIN]])
      await writeFile(join(folder, name), text);
    const model = `${ROOT}assets/checkpoints/duelist.safetensors`;
    const { stdout } = await promisify(execFile)(process.execPath, ['main.js', model], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toEqual({ spec: 'duelist', engine: 'wasm', sum: 1 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('loads the training panel when it is first opened, and what predicts with the first weights', async () => {
  const { first, later } = await bundleSize(`export * from './phaser-foresight.js';`, dist);
  expect(later).toBeGreaterThan(50 * KILOBYTE);
  expect(first).toBeLessThan(40 * KILOBYTE);
});

it.each(FILES)('$file takes at most $most kB', async ({ file, most }) => {
  const bytes = gzipSync(await readFile(`${dist}/${file}`), { level: 9 });
  expect(bytes.length).toBeLessThan(most * KILOBYTE);
});
