import { describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { explanationText } from '../../src/predict/explanation-text.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Step } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';
import { SCOUT } from '../record/scout.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { explain } from '../../src/predict/explain.ts';
import { rollout } from '../../src/predict/rollout.ts';

const rng = createRng(3);
const episode = makeEpisode(
  Array.from({ length: 40 }, (_, i) => [
    10 * i,
    rng.int(3),
    rng.next(),
    ...Array.from({ length: 3 }, () => Math.round(rng.next() * 72) / 8),
    rng.int(2),
  ]),
);
const set = { spec: SCOUT, episodes: [episode] };
const checkpoint = randomCheckpoint(set, { seed: 5 });
const steps = Array.from({ length: 8 }, (_, i) => stepAt(episode, i));

/** A predictor that saw the steps, with these values unknown. */
function watched(unknown: readonly number[] = [], model = checkpoint): Predictor<typeof SCOUT> {
  const predictor = createPredictor(model, { spec: SCOUT, blend: false });
  for (const step of steps) {
    const values = step.values.map((value, i) => (unknown.includes(i) ? NaN : value));
    predictor.observe('hero', { ...step, values });
  }
  return predictor;
}

describe('the explanation of a vector', () => {
  it('is one reason: what is lost when all of it is unknown', () => {
    const { actionIndex, observations, probability } = explain(watched(), 'hero')!;
    const reasons = observations.filter(({ kind }) => kind === 'field');
    expect(reasons.map(({ field }) => field).sort()).toEqual(['lit', 'rays', 'speed']);
    const [rays, lit] = ['rays', 'lit'].map((name) => reasons.find(({ field }) => field === name));
    const without = (values: readonly number[]): number =>
      Math.log(probability / watched(values).prediction('hero')!.probabilities[actionIndex]);
    expect(rays!.effect).toBeCloseTo(without([1, 2, 3]), 3);
    expect(Math.abs(rays!.effect)).toBeGreaterThan(1e-3);
    expect(lit!.effect).toBeCloseTo(without([4]), 3);
  });

  it('has its newest numbers, and null where one is not known', () => {
    const find = (predictor: Predictor) =>
      explain(predictor, 'hero')!.observations.find(({ field }) => field === 'rays');
    const [, ...newest] = steps[7].values;
    expect(find(watched())).toMatchObject({ value: newest.slice(0, 3), unit: 'm' });
    expect(find(watched([2]))!.value).toEqual([newest[0], null, newest[2]]);
    expect(find(watched([1, 2, 3]))!.value).toBeNull();
  });

  it('names the field in a sentence, without its numbers', () => {
    const why = explain(watched(), 'hero')!;
    const rays = why.observations.find(({ field }) => field === 'rays')!;
    const strong = { ...why, experts: [], observations: [{ ...rays, effect: 9 }], pastSteps: [] };
    expect(explanationText({ ...strong, network: 1, trust: 1 }).join(' ')).toMatch(
      /\brays\b(?! \()/,
    );
  });
});

describe('a predictor of a spec with a vector', () => {
  it('refuses a step with a value for each field', () => {
    const short: Step = { ...steps[0], values: new Float32Array(3) };
    expect(() => watched().observe('new', short)).toThrow(
      /has 3 values, but "scout" has 3 fields of 5 values/,
    );
  });

  it('expects the next values of its numbers', () => {
    const model = { continuous: ['rays_1', 'speed'], valueTarget: 'change' } as const;
    const predictor = watched([], randomCheckpoint(set, { seed: 5, model }));
    expect(predictor.dynamics('hero')).toMatchObject([
      { name: 'rays_1', last: steps[7].values[2] },
      { name: 'speed', last: steps[7].values[0] },
    ]);
    expect(Object.keys(rollout(predictor, 'hero', { horizon: 2 })[1].values)).toEqual([
      'rays_1',
      'speed',
    ]);
  });

  it('keeps the context at a swap', () => {
    const predictor = watched();
    const before = predictor.prediction('hero')!.probabilities;
    predictor.swap({ ...checkpoint, weights: checkpoint.weights.slice() });
    expect([...predictor.prediction('hero')!.probabilities]).toEqual([...before]);
  });
});

describe('a checkpoint of a spec with a vector', () => {
  it('is read as it was written, with experts too', () => {
    for (const model of [{}, { contexts: 2 }]) {
      const made = randomCheckpoint(set, { seed: 5, model });
      const read = parseCheckpoint(serializeCheckpoint(made));
      expect(read.spec).toEqual(SCOUT);
      expect(read.statistics).toEqual(made.statistics);
      const [a, b] = [made, read].map((one) => watched([], one).prediction('hero')!);
      expect([...a.probabilities]).toEqual([...b.probabilities]);
    }
  });
});
