import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { PredictorOptions } from '../../src/predict/predictor.ts';
import type { PredictedStep } from '../../src/predict/rollout.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Step } from '../../src/record/episode.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { HABITUAL_SPEC, habitualEpisodes } from './habitual.ts';
import { likelySequence } from '../../src/predict/likely-sequence.ts';
import { rollout } from '../../src/predict/rollout.ts';

const set = habitualEpisodes({ sessions: 3, length: 50, seed: 2 });
const [first, second] = set.episodes;

function watching(
  checkpoint: Checkpoint,
  steps: number,
  options: PredictorOptions = {},
): Predictor {
  const predictor = createPredictor(checkpoint, options);
  for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(first, i));
  return predictor;
}

const MODELS: readonly [string, Partial<ModelConfig>][] = [
  ['lstm', { contexts: 0 }],
  ['gru of two layers', { contexts: 0, cell: 'gru', layers: 2 }],
  ['lstm of three layers with experts', { contexts: 2, layers: 3 }],
  ['gru with experts and values', { contexts: 2, cell: 'gru', continuous: ['distance'] }],
  ['lstm with changes of values', { contexts: 2, continuous: ['distance'], valueTarget: 'change' }],
  ['lstm without a time head', { contexts: 2, timeBins: 0, continuous: ['distance'] }],
];

describe.each(MODELS)('a roll-out of %s', (_, model) => {
  const checkpoint = randomCheckpoint(set, { seed: 4, model });

  it('begins with the prediction', () => {
    const predictor = watching(checkpoint, 20);
    const { probabilities, action, actionIndex, probability, inTicks, values } =
      predictor.prediction('hero')!;
    const own = { probabilities, action, actionIndex, probability, inTicks, values };
    for (const horizon of [1, 4]) {
      const [step] = rollout(predictor, 'hero', { horizon });
      expect(step).toEqual({ ahead: 1, ...own });
    }
  });

  it('has probabilities that sum to 1, and times that never fall', () => {
    const steps = rollout(watching(checkpoint, 30), 'hero', { horizon: 6, samples: 7 });
    expect(steps.map(({ ahead }) => ahead)).toEqual([1, 2, 3, 4, 5, 6]);
    let before = 0;
    for (const step of steps) {
      expect(step.probabilities).toHaveLength(4);
      expect(step.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(step.probability).toBe(Math.max(...step.probabilities));
      expect(step.action).toBe(set.spec.action.actions[step.actionIndex]);
      expect(step.probabilities[step.actionIndex]).toBe(step.probability);
      expect(Object.keys(step.values)).toEqual(model.continuous ?? []);
      for (const value of Object.values(step.values)) expect(value).toBeTypeOf('number');
      if (model.timeBins === 0) expect(step.inTicks).toBeNaN();
      else expect(step.inTicks).toBeGreaterThanOrEqual(before);
      before = step.inTicks;
    }
    if (model.timeBins !== 0) expect(before).toBeGreaterThan(steps[0].inTicks);
  });

  it('does not change a single bit of the character', () => {
    const [rolled, plain] = [watching(checkpoint, 15), watching(checkpoint, 15)];
    for (let i = 15; i < 40; i++) {
      const kept = structuredClone(rolled.prediction('hero'));
      const votes = structuredClone(rolled.experts('hero'));
      rollout(rolled, 'hero', { horizon: 3, samples: 5 });
      likelySequence(rolled, 'hero', { horizon: 3, beam: 2 });
      expect(rolled.prediction('hero')).toEqual(kept);
      expect(rolled.experts('hero')).toEqual(votes);
      const step = stepAt(first, i);
      expect(rolled.observe('hero', step)).toEqual(plain.observe('hero', step));
      expect(rolled.experts('hero')).toEqual(plain.experts('hero'));
    }
    // Nor what replaying its steps needs.
    for (const predictor of [rolled, plain])
      predictor.swap({ ...checkpoint, weights: checkpoint.weights.map((w) => w / 2) });
    expect(rolled.prediction('hero')).toEqual(plain.prediction('hero'));
  });

  it('is the same for the same seed, and not for all seeds', () => {
    // At many steps: with such weights the model is often sure of what comes next.
    const roll = (seed?: number): PredictedStep[] => {
      const predictor = watching(checkpoint, 0);
      const rng = seed === undefined ? {} : { rng: createRng(seed) };
      return Array.from({ length: 30 }, (__, i) => {
        predictor.observe('hero', stepAt(first, i));
        return rollout(predictor, 'hero', { horizon: 3, samples: 2, ...rng });
      }).flat();
    };
    expect(roll(7)).toEqual(roll(7));
    expect(roll(7)).not.toEqual(roll(8));
    const alone = watching(checkpoint, 9);
    expect(rollout(alone, 'hero')).toEqual(rollout(alone, 'hero', { rng: createRng(1) }));
  });
});

/**
 * Probabilities of the k-th next action by trying every sequence; for steps at fixed ticks. Nothing is blended: a
 * blend learns from what is observed.
 */
function exact(checkpoint: Checkpoint, observed: readonly Step[], horizon: number): Float64Array {
  const follow = (steps: readonly Step[]): Float32Array => {
    const predictor = createPredictor(checkpoint, { blend: false });
    return steps.map((step) => predictor.observe('hero', step)).at(-1)!.probabilities;
  };
  let paths = [{ steps: observed, weight: 1 }];
  for (let k = 1; k < horizon; k++)
    paths = paths.flatMap(({ steps, weight }) => {
      const last = steps.at(-1)!;
      return Array.from(follow(steps), (share, action) => ({
        steps: [...steps, { tick: last.tick + 6, action, values: last.values }],
        weight: weight * share,
      }));
    });
  const sums = new Float64Array(4);
  for (const { steps, weight } of paths)
    follow(steps).forEach((share, action) => (sums[action] += weight * share));
  return sums;
}

describe('rollout', () => {
  const fixed = {
    spec: defineSpec({
      name: 'ticking',
      sampling: { kind: 'everyTicks', ticks: 6 },
      observation: HABITUAL_SPEC.observation.fields,
      action: HABITUAL_SPEC.action.actions,
    }),
    episodes: set.episodes.map((episode) => ({
      ...episode,
      ticks: episode.ticks.map((__, i) => 6 * i),
      endTick: 6 * episode.length,
    })),
  };
  const ticking = randomCheckpoint(fixed, { seed: 9, model: { timeBins: 0 } });
  const observed = Array.from({ length: 8 }, (__, i) => stepAt(fixed.episodes[0], i));

  it('gives the sums over all sequences where there are samples enough for them', () => {
    const predictor = createPredictor(ticking, { blend: false });
    for (const step of observed) predictor.observe('hero', step);
    const steps = rollout(predictor, 'hero', { horizon: 3, samples: 16 });
    for (const { ahead, probabilities, inTicks } of steps) {
      expect(inTicks).toBe(6 * ahead);
      exact(ticking, observed, ahead).forEach((share, action) =>
        expect(probabilities[action]).toBeCloseTo(share, 5),
      );
    }
  });

  it('comes near them with fewer, on average', () => {
    const predictor = createPredictor(ticking, { blend: false });
    for (const step of observed) predictor.observe('hero', step);
    const rng = createRng(5);
    const sums = new Float64Array(4);
    for (let round = 0; round < 300; round++)
      rollout(predictor, 'hero', { horizon: 3, samples: 3, rng })[2].probabilities.forEach(
        (share, action) => (sums[action] += share / 300),
      );
    exact(ticking, observed, 3).forEach((share, action) =>
      expect(Math.abs(sums[action] - share)).toBeLessThan(0.03),
    );
  });

  it('gives times within what so many steps can take', () => {
    const checkpoint = randomCheckpoint(set, { seed: 4, model: { contexts: 0 } });
    const { timeEdges } = checkpoint.statistics;
    const timed = rollout(watching(checkpoint, 10), 'hero', { horizon: 5, samples: 64 });
    const longest = 2 * timeEdges.at(-1)!;
    for (const { ahead, inTicks } of timed) {
      expect(inTicks).toBeGreaterThanOrEqual(ahead);
      expect(inTicks).toBeLessThanOrEqual(ahead * longest);
    }
  });

  it('expects values to stay that are known to, at every step', () => {
    const checkpoint = randomCheckpoint(set, {
      seed: 1,
      model: { continuous: ['distance'], valueTarget: 'change', contexts: 2 },
    });
    const silent = { ...checkpoint, weights: checkpoint.weights.map(() => 0) };
    const predictor = watching(silent, 12);
    for (const { values } of rollout(predictor, 'hero', { horizon: 4 }))
      expect(values.distance).toBeCloseTo(first.columns[0][11], 4);
  });

  it('keeps characters apart, and is empty before their first step', () => {
    const checkpoint = randomCheckpoint(set, { seed: 4, model: { contexts: 2 } });
    const both = watching(checkpoint, 20);
    const alone = watching(checkpoint, 20);
    for (let i = 0; i < 20; i++) both.observe('rival', stepAt(second, i));
    rollout(both, 'rival');
    expect(rollout(both, 'hero')).toEqual(rollout(alone, 'hero'));
    expect(rollout(both, 'stranger')).toEqual([]);
    both.reset('hero');
    expect(rollout(both, 'hero')).toEqual([]);
  });

  it('uses the new weights after a swap', () => {
    const checkpoint = randomCheckpoint(set, { seed: 4, model: { contexts: 2 } });
    const other = { ...checkpoint, weights: checkpoint.weights.map((w) => w / 2) };
    // A blend remembers what the old weights were worth.
    const swapped = watching(checkpoint, 20, { blend: false });
    rollout(swapped, 'hero');
    swapped.swap(other);
    const fresh = watching(other, 20, { blend: false });
    expect(rollout(swapped, 'hero')).toEqual(rollout(fresh, 'hero'));
  });

  it('refuses a horizon and samples that are not whole numbers of at least 1', () => {
    const predictor = watching(ticking, 0);
    const bad = fc.oneof(fc.integer({ max: 0 }), fc.constantFrom(NaN, Infinity, 1.5));
    fc.assert(
      fc.property(bad, fc.constantFrom('horizon', 'samples'), (value, name) => {
        expect(() => rollout(predictor, 'hero', { [name]: value })).toThrow(
          expect.objectContaining({
            code: 'bad-config',
            message: expect.stringMatching(
              new RegExp(`${name} ${value}\\. Give a whole number of at least 1`),
            ),
          }),
        );
      }),
    );
  });
});
