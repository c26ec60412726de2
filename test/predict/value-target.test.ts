import { describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 30, seed: 1 });
const [episode] = set.episodes;
const make = (valueTarget: 'level' | 'change'): Checkpoint =>
  randomCheckpoint(set, { seed: 1, model: { continuous: ['distance'], valueTarget } });
const silent = (checkpoint: Checkpoint): Checkpoint => ({
  ...checkpoint,
  weights: checkpoint.weights.map(() => 0),
});

/** The predicted values at every step of the episode. */
function valuesOf(checkpoint: Checkpoint): number[] {
  const predictor = createPredictor(checkpoint);
  return Array.from(
    { length: episode.length },
    (_, i) => predictor.observe('player', stepAt(episode, i)).values.distance,
  );
}

describe('predicted values', () => {
  it('of a network that learned changes begin at the last value', () => {
    valuesOf(silent(make('change'))).forEach((value, i) =>
      expect(value).toBeCloseTo(episode.columns[0][i], 4),
    );
    const levels = valuesOf(silent(make('level')));
    expect(new Set(levels).size).toBe(1);
  });

  it('begin at the last known value where the newest is missing', () => {
    const predictor = createPredictor(silent(make('change')));
    predictor.observe('player', { tick: 0, action: 0, values: Float32Array.of(4, 0) });
    const missing = { tick: 1, action: 0, values: Float32Array.of(NaN, 0) };
    expect(predictor.observe('player', missing).values.distance).toBeCloseTo(4, 5);
  });

  it('are the same one by one, many at once, and after a swap', () => {
    const checkpoint = make('change');
    const expected = valuesOf(checkpoint);
    const many = createPredictor(checkpoint);
    for (let i = 0; i < episode.length; i++) {
      const steps = new Map(['a', 'b', 'c'].map((name) => [name, stepAt(episode, i)]));
      for (const { values } of many.observeMany(steps))
        expect(values.distance).toBeCloseTo(expected[i], 4);
    }
    many.swap(checkpoint);
    expect(many.prediction('b')!.values.distance).toBeCloseTo(expected.at(-1)!, 4);
  });

  it('are the same from a file', () => {
    const checkpoint = make('change');
    const read = parseCheckpoint(serializeCheckpoint(checkpoint));
    expect(read).toEqual(checkpoint);
    expect(valuesOf(read)).toEqual(valuesOf(checkpoint));
  });

  it('come with their usual errors, where these were measured', () => {
    const checkpoint = make('change');
    const values = { from: 'held-out', deviations: { distance: 2.5 } } as const;
    const step = stepAt(episode, 0);
    expect(createPredictor(checkpoint).observe('player', step).deviations).toEqual({});
    const measured = { ...checkpoint, metrics: { ...checkpoint.metrics, values } };
    expect(createPredictor(measured).observe('player', step).deviations).toEqual({ distance: 2.5 });
  });
});
