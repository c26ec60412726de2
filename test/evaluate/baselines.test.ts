import { describe, expect, it } from 'vitest';
import { BASELINES, createBaselines } from '../../src/evaluate/baselines.ts';
import type { SequencePredictor } from '../../src/evaluate/sequence-predictor.ts';
import type { Step } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';

const step = (action: number, tick = 0): Step => ({ tick, action, values: new Float32Array(0) });

function predicted(predictor: SequencePredictor, actions: readonly number[], size = 3): number[] {
  const out = new Float64Array(size);
  predictor.reset();
  for (const action of actions) predictor.next(step(action), out);
  return [...out];
}

const TRAINING = [
  [0, 1, 0, 1, 0, 0],
  [2, 0],
];

describe('baselines', () => {
  it('include majority, which gives the smoothed frequencies', () => {
    const [majority] = createBaselines(3, TRAINING);
    expect(predicted(majority, [1])).toEqual([5.5 / 9.5, 2.5 / 9.5, 1.5 / 9.5]);
  });

  it('include repeat-last, which guesses the last action with the measured probability', () => {
    const [, predictor] = createBaselines(3, TRAINING);
    const out = new Float64Array(3);
    expect(predictor.next(step(1), out)).toBe(1);
    // One repeat in six pairs, plus half an observation of each.
    expect(out[1]).toBeCloseTo(1.5 / 7, 12);
    expect(out[0] / out[2]).toBeCloseTo(5.5 / 1.5, 12);
    expect(out.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('have the order of the report', () => {
    expect(createBaselines(3, TRAINING).map(({ name }) => name)).toEqual([...BASELINES]);
  });

  it('all give every action a chance, and sum to 1, even without training', () => {
    const rng = createRng(1);
    for (const predictor of [...createBaselines(4, []), ...createBaselines(4, TRAINING)]) {
      const actions = Array.from({ length: 40 }, () => rng.int(4));
      const p = predicted(predictor, actions, 4);
      expect(Math.min(...p)).toBeGreaterThan(0);
      expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    }
  });

  it('do not learn from the steps they are given, except the adaptive n-gram, which keeps it after a reset', () => {
    const habit = Array.from({ length: 90 }, (_, i) => i % 3);
    for (const predictor of createBaselines(3, TRAINING)) {
      const before = predicted(predictor, [0, 1]);
      predicted(predictor, habit);
      const after = predicted(predictor, [0, 1]);
      if (predictor.name === 'ngram-2-adaptive') expect(after[2]).toBeGreaterThan(0.7);
      else expect(after).toEqual(before);
    }
  });

  it('start every episode without context from the one before', () => {
    for (const predictor of createBaselines(3, TRAINING)) {
      if (predictor.name.endsWith('adaptive')) continue;
      const alone = predicted(predictor, [1]);
      predicted(predictor, [0, 0, 2, 2]);
      expect(predicted(predictor, [1])).toEqual(alone);
    }
  });
});
