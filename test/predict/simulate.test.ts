import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/model/config.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { SimulatedStep } from '../../src/predict/simulate.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';
import { simulate } from '../../src/predict/simulate.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 3 });
const [episode] = set.episodes;
const MODELS: readonly [string, Partial<ModelConfig>][] = [
  ['lstm with values', { contexts: 0, continuous: ['distance'] }],
  [
    'gru with experts and changes',
    { contexts: 2, continuous: ['distance'], valueTarget: 'change' },
  ],
];

function watching(model: Partial<ModelConfig>, steps: number, blend = true): Predictor {
  const predictor = createPredictor(randomCheckpoint(set, { seed: 4, model }), { blend });
  for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(episode, i));
  return predictor;
}

describe.each(MODELS)('a path of the game (%s)', (_, model) => {
  it('begins with the prediction and predicts the same at each step as observing it would', () => {
    // A blend learns from what is observed, but not from what is supposed.
    const predictor = watching({ ...model, contexts: 0 }, 12, false);
    const paths: SimulatedStep[] = [];
    simulate(predictor, 'hero', (predicted) => {
      paths.push({ ...predicted, probabilities: predicted.probabilities.slice() });
      return predicted.ahead <= 3 ? stepAt(episode, 11 + predicted.ahead) : null;
    });
    expect(paths.map(({ ahead }) => ahead)).toEqual([1, 2, 3, 4]);
    paths.forEach(({ probabilities, values }, k) => {
      const prediction = k
        ? predictor.observe('hero', stepAt(episode, 11 + k))
        : predictor.prediction('hero')!;
      prediction.probabilities.forEach((p, i) => expect(probabilities[i]).toBeCloseTo(p, 5));
      expect(values.distance).toBeCloseTo(prediction.values.distance, 3);
    });
  });

  it('does not change the character', () => {
    const [walked, still] = [watching(model, 10), watching(model, 10)];
    simulate(walked, 'hero', ({ ahead }) => (ahead < 9 ? stepAt(episode, 9 + ahead) : null));
    expect(walked.prediction('hero')).toEqual(still.prediction('hero'));
    const next = stepAt(episode, 10);
    expect(walked.observe('hero', next)).toEqual(still.observe('hero', next));
  });
});

it('refuses steps of another spec and leaves the character as it was', () => {
  const predictor = watching({ contexts: 0 }, 5);
  const before = predictor.prediction('hero');
  const step = stepAt(episode, 5);
  expect(() => simulate(predictor, 'hero', () => ({ ...step, action: 99 }))).toThrow(/action 99/);
  expect(() =>
    simulate(predictor, 'hero', () => ({ ...step, values: new Float32Array(1) })),
  ).toThrow(/1 values/);
  expect(predictor.prediction('hero')).toBe(before);
});

it('does not call the game before the first step', () => {
  const predictor = watching({ contexts: 0 }, 0);
  simulate(predictor, 'hero', () => {
    throw new Error('called');
  });
});
