import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LiveModel } from '../../../plugin/game/live-model.ts';
import { loadPredicting } from '../../../plugin/game/predicting.ts';
import type { Checkpoint } from '../../../src/core.ts';
import { createPredictor } from '../../../src/predict/create-predictor.ts';
import { StepNetwork } from '../../../src/predict/step-network.ts';
import { stepAt } from '../../../src/record/episode.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { habitualEpisodes } from '../../predict/habitual.ts';

beforeAll(loadPredicting);
afterEach(() => void vi.restoreAllMocks());

const set = habitualEpisodes({ sessions: 4, length: 30, seed: 1 });
const STEPS = 20;
const names = Array.from({ length: 200 }, (_, i) => `character ${i}`);
const make = (seed: number, contexts: number): Checkpoint =>
  randomCheckpoint(set, { seed, model: { units: 4, contexts } });
const shipped = make(1, 2);
const trained: Checkpoint = { ...shipped, weights: make(2, 2).weights };
const otherContexts = make(3, 3);

interface Watched {
  observe(character: string, step: ReturnType<typeof stepAt>): unknown;
}
function play(target: Watched, from: number, to: number): void {
  for (let i = from; i < to; i++)
    names.forEach((name, k) => target.observe(name, stepAt(set.episodes[k % 4], i)));
}
function playing(checkpoint: Checkpoint | null): LiveModel {
  const model = new LiveModel('duelist', { spec: set.spec, checkpoint });
  play(model, 0, STEPS);
  return model;
}
/** Steps that networks take during the work. */
function stepsOf(work: () => void): number {
  const taken = vi.spyOn(StepNetwork.prototype, 'replayStep');
  work();
  const { length } = taken.mock.calls;
  taken.mockRestore();
  return length;
}
/** Has frames pass until nothing is left to do. Returns the most steps of a frame, and how many there were. */
function frames(model: LiveModel): { most: number; count: number } {
  let [most, count] = [0, 0];
  for (;;) {
    const steps = stepsOf(() => model.advance());
    if (!steps) return { most, count };
    most = Math.max(most, steps);
    count++;
  }
}
function expectSame(model: LiveModel, expected: ReturnType<typeof createPredictor>): void {
  for (const name of names)
    expect(model.predictor!.prediction(name)).toEqual(expected.prediction(name));
}

describe.each([
  ['a training', (model, weights) => model.swap(weights)],
  ['an import', (model, weights) => model.replace(weights)],
  ['another tab', (model, weights) => model.resumeFrom(weights)],
] as [string, (model: LiveModel, weights: Checkpoint) => void][])(
  'the weights of %s, for 200 characters',
  (_, change) => {
    it.each([
      ['the same contexts', trained, { most: 32, count: 125 }],
      ['other contexts', otherContexts, { most: 7, count: 600 }],
    ])('are replayed in slices, for %s', (__, weights, { most, count }) => {
      const model = playing(shipped);
      const before = names.map((name) => model.predictor!.prediction(name));
      expect(stepsOf(() => change(model, weights))).toBeLessThanOrEqual(1);
      expect(model.checkpoint).toBe(weights);
      expect(names.map((name) => model.predictor!.prediction(name))).toEqual(before);
      const passed = frames(model);
      expect(passed.most).toBeLessThanOrEqual(most);
      expect(passed.count).toBeGreaterThanOrEqual(count);
      const atOnce = createPredictor(shipped);
      play(atOnce, 0, STEPS);
      atOnce.swap(weights);
      expectSame(model, atOnce);
      play(model, STEPS, STEPS + 5);
      play(atOnce, STEPS, STEPS + 5);
      expectSame(model, atOnce);
    });
  },
);

it('weights that come before all characters have changed over are the ones that they change to', () => {
  const model = playing(shipped);
  model.swap(trained);
  model.advance();
  model.swap(otherContexts);
  expect(model.predictor!.checkpoint).toBe(otherContexts);
  expect(frames(model).most).toBeLessThanOrEqual(32);
  expect(names.map((name) => model.predictor!.followed(name)!.network.checkpoint)).toEqual(
    names.map(() => otherContexts),
  );
});

it('weights that are broken are refused at the first step, and the old ones stay', () => {
  const model = playing(shipped);
  const { generation } = model;
  const broken = { ...trained, weights: trained.weights.map(() => NaN) };
  expect(() => model.swap(broken)).toThrow(expect.objectContaining({ code: 'diverged' }));
  expect(model).toMatchObject({ checkpoint: shipped, generation });
  expect(frames(model).count).toBe(0);
  const untouched = createPredictor(shipped);
  play(untouched, 0, STEPS);
  expectSame(model, untouched);
});

it('a restore replays nothing, and nothing is left of the characters', () => {
  const model = playing(shipped);
  model.swap(trained);
  model.advance();
  expect(stepsOf(() => model.restore())).toBe(0);
  expect(frames(model).count).toBe(0);
  for (const name of names) expect(model.predictor!.prediction(name)).toBeNull();
  const stranger = createPredictor(shipped);
  play(model, STEPS, STEPS + 5);
  play(stranger, STEPS, STEPS + 5);
  expectSame(model, stranger);
});

it('the first weights predict from the steps before, a few in each frame', () => {
  const model = playing(null);
  expect(stepsOf(() => model.swap(trained))).toBe(1);
  play(model, STEPS, STEPS + 1);
  const first = names[0];
  model.advance();
  // No prediction rather than one of a step that is long past.
  expect(model.predictor!.prediction(first)).toMatchObject({ steps: 4 });
  expect(model.predictorOf(first)).toBeNull();
  for (let frame = 0; frame < 6; frame++) model.advance();
  expect(model.predictorOf(first)!.prediction(first)).toMatchObject({ steps: STEPS + 1 });
  expect(frames(model)).toEqual({ most: 3, count: Math.ceil((200 * (STEPS + 1) - 1) / 3) - 7 });
  const watching = createPredictor(trained);
  names.forEach((name, k) => {
    for (let i = 0; i <= STEPS; i++) watching.observe(name, stepAt(set.episodes[k % 4], i));
  });
  expectSame(model, watching);
});

it('a restore of a model without weights forgets the steps that it kept', () => {
  const model = playing(null);
  model.restore();
  model.swap(trained);
  play(model, STEPS, STEPS + 1);
  for (const name of names) expect(model.predictor!.prediction(name)).toMatchObject({ steps: 1 });
});
