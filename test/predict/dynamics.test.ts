import { describe, expect, it } from 'vitest';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 30, seed: 1 });
const checkpoint = randomCheckpoint(set, {
  seed: 1,
  model: { continuous: ['distance'], valueTarget: 'change' },
});
const values = { from: 'held-out', deviations: { distance: 2.5 } } as const;

describe('dynamics', () => {
  it('give the last value of a field, its expected value and the usual error of that', () => {
    const predictor = createPredictor({
      ...checkpoint,
      metrics: { ...checkpoint.metrics, values },
    });
    expect(predictor.dynamics('hero')).toEqual([]);
    const step = stepAt(set.episodes[0], 0);
    const { distance } = predictor.observe('hero', step).values;
    expect(predictor.dynamics('hero')).toEqual([
      {
        name: 'distance',
        last: step.values[0],
        expected: distance,
        deviation: 2.5,
        distribution: [{ weight: 1, mean: distance, deviation: 2.5 }],
      },
    ]);
    predictor.observe('hero', { ...step, values: Float32Array.of(NaN, 0) });
    expect(predictor.dynamics('hero')[0].last).toBe(step.values[0]);
  });

  it('have no last value and no deviation where there was none', () => {
    const predictor = createPredictor(checkpoint);
    predictor.observe('hero', { tick: 0, action: 0, values: Float32Array.of(NaN, 0) });
    expect(predictor.dynamics('hero')).toEqual([
      {
        name: 'distance',
        last: NaN,
        expected: expect.any(Number),
        deviation: NaN,
        distribution: [],
      },
    ]);
    const none = createPredictor(randomCheckpoint(set, { seed: 1 }));
    none.observe('hero', stepAt(set.episodes[0], 0));
    expect(none.dynamics('hero')).toEqual([]);
  });
});
