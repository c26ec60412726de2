import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { ContextTree } from '../../src/experts/context-tree.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { preparePredictor } from '../../src/predict/prepare-predictor.ts';
import { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { finish } from '../../src/util/slices.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

/** Counts and look-ups of trees in a slice, at most: each takes about a microsecond until its code is compiled. */
const MOST = 1024;

const counted = [
  vi.spyOn(ContextTree.prototype, 'learn'),
  vi.spyOn(ContextTree.prototype, 'predict'),
];
const countWork = (): number => counted.reduce((sum, { mock }) => sum + mock.calls.length, 0);
const forgetWork = (): void => counted.forEach((one) => one.mockClear());
beforeEach(forgetWork);
afterAll(() => counted.forEach((one) => one.mockRestore()));

/** The work of each slice. */
function slicesOf(checkpoint: Checkpoint): number[] {
  const slices: number[] = [];
  for (const preparing = preparePredictor(checkpoint); ;) {
    const { done } = preparing.next();
    slices.push(countWork());
    forgetWork();
    if (done) return slices;
  }
}

const read = (name: string): Checkpoint =>
  parseCheckpoint(readFileSync(new URL(`../../assets/checkpoints/${name}`, import.meta.url)));

it.each([
  ['duelist.safetensors', 240_000],
  ['robot.safetensors', 120_000],
])('prepares %s in small slices', (name, total) => {
  const slices = slicesOf(read(name));
  expect(slices.reduce((a, b) => a + b)).toBeGreaterThan(total);
  expect(Math.max(...slices)).toBeLessThanOrEqual(MOST);
});

it('leaves nothing to count for the predictor', () => {
  const checkpoint = read('duelist.safetensors');
  finish(preparePredictor(checkpoint));
  forgetWork();
  createPredictor(checkpoint);
  expect(countWork()).toBe(0);
  // Nor when it is prepared again.
  expect(preparePredictor(checkpoint).next().done).toBe(true);
});

const set = habitualEpisodes({ sessions: 4, length: 900, seed: 3 });
const make = (): Checkpoint => randomCheckpoint(set, { seed: 1, model: { contexts: 3 } });

it('gives the predictions of a predictor that counts at once', async () => {
  const [prepared, other] = [make(), make()];
  expect(slicesOf(prepared).length).toBeGreaterThan(20);
  const predictors = [createPredictor(prepared), await Predictor.create(make())];
  const atOnce = createPredictor(other);
  for (let i = 0; i < 50; i++) {
    const expected = atOnce.observe('hero', stepAt(set.episodes[0], i));
    for (const predictor of predictors)
      expect(predictor.observe('hero', stepAt(set.episodes[0], i))).toEqual(expected);
  }
});

it('needs one slice for a small model', () => {
  const small = habitualEpisodes({ sessions: 1, length: 60, seed: 3 });
  const checkpoint = randomCheckpoint(small, { seed: 1, model: { contexts: 2 } });
  expect(preparePredictor(checkpoint).next().done).toBe(true);
});
