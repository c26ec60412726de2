import { describe, expect, it } from 'vitest';
import { ActionFrequencies } from '../../src/experts/action-frequencies.ts';
import { RepeatLast } from '../../src/experts/repeat-last.ts';
import {
  copyPopulation,
  fitSimpleModels,
  SIMPLE_MODELS,
  simplePopulation,
} from '../../src/experts/simple-models.ts';
import { category, defineSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { finish } from '../../src/util/slices.ts';

const TRAINING = [
  [0, 1, 0, 1, 0, 0],
  [2, 0],
];

const SPEC = defineSpec({
  name: 'test',
  observation: [category('seen', ['a', 'b', 'c'])],
  action: ['x', 'y', 'z'],
});
const CHECKPOINT = { spec: SPEC, trainedOn: { actions: TRAINING } };

const alone = (actions: readonly number[]) =>
  finish(simplePopulation({ spec: SPEC, trainedOn: { actions: [actions] } }));

describe('the simple models', () => {
  it('are in the order of their names', () => {
    const models = fitSimpleModels(3, TRAINING);
    expect(models).toHaveLength(SIMPLE_MODELS.length);
    expect(models[0]).toBeInstanceOf(ActionFrequencies);
    expect(models[1]).toBeInstanceOf(RepeatLast);
  });

  it('give every action a chance and sum to 1, whatever they learn', () => {
    const rng = createRng(3);
    const out = new Float64Array(5);
    for (const model of fitSimpleModels(5, [])) {
      const history: number[] = [];
      for (let i = 0; i < 200; i++) {
        const next = rng.next() < 0.7 ? 2 : rng.int(5);
        model.learn(history, next);
        history.push(next);
        model.probabilities(history, out);
        expect(Math.min(...out)).toBeGreaterThan(0);
        expect(out.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      }
    }
  });

  it('are sure where there is only one action', () => {
    for (const model of fitSimpleModels(1, [[0, 0, 0]])) {
      const out = new Float64Array(1);
      model.probabilities([0], out);
      expect(out[0]).toBeCloseTo(1, 12);
    }
  });

  it('are independent of their copies, which learn as if they had been fitted themselves', () => {
    const rng = createRng(4);
    const play = Array.from({ length: 80 }, () => rng.int(3));
    const copy = () => [...copyPopulation(finish(simplePopulation(CHECKPOINT))).models];
    const [first, second] = [copy(), copy()];
    expect(finish(simplePopulation(CHECKPOINT))).toBe(finish(simplePopulation(CHECKPOINT)));
    const fitted = fitSimpleModels(3, TRAINING);
    const [a, b] = [new Float64Array(3), new Float64Array(3)];
    for (let i = 0; i < play.length; i++)
      for (let k = 0; k < fitted.length; k++) {
        expect(first[k].probabilities(play, a, i)).toEqual(fitted[k].probabilities(play, b, i));
        fitted[k].learn(play, play[i], i);
        first[k].learn(play, play[i], i);
        // A copy of a copy.
        first[k] = first[k].clone();
      }
    const untouched = fitSimpleModels(3, TRAINING);
    second.forEach((model, k) =>
      expect(model.probabilities(play, a)).toEqual(untouched[k].probabilities(play, b)),
    );
  });

  it('have a prior by how well they predict the training data, of which a tenth is even', () => {
    const { prior } = alone(Array.from({ length: 600 }, (_, i) => [0, 1, 2, 1][i % 4]));
    expect(prior).toHaveLength(SIMPLE_MODELS.length + 1);
    expect(prior.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(Math.min(...prior)).toBeCloseTo(0.1 / 6, 6);
    // The longest context is sure of a fixed order first.
    expect(prior[5]).toBeGreaterThan(0.4);
    expect(prior[6]).toBe(prior[5]);
    const rng = createRng(1);
    const noise = alone(Array.from({ length: 600 }, () => rng.int(3)));
    expect(noise.prior[0] + noise.prior[1] + noise.prior[6]).toBeGreaterThan(0.9);
    alone([])
      .prior.slice(1, -1)
      .forEach((share) => expect(share).toBeCloseTo(1 / 6, 12));
  });

  it('have a prior by changes alone where steps come every n ticks', () => {
    const spec = { ...SPEC, sampling: { kind: 'everyTicks', ticks: 1 } } as const;
    // Each action ten times: the same again is the safest guess, but is nothing to know about changes.
    const actions = Array.from({ length: 1200 }, (_, i) => [0, 1, 2, 1][Math.floor(i / 10) % 4]);
    const { prior } = finish(simplePopulation({ spec, trainedOn: { actions: [actions] } }));
    expect(prior[1]).toBeLessThan(0.1);
  });

  it('see a category where the checkpoint has its data', () => {
    const rng = createRng(2);
    const seen = Array.from({ length: 600 }, () => rng.int(3));
    // The answer to what was seen before.
    const actions = seen.map((_, i) => (i ? seen[i - 1] : 0));
    const pairs = [Uint16Array.from(seen, (value, i) => actions[i] + 3 * value)];
    const context = { field: 'seen', steps: 1, kept: 'category-first' } as const;
    const trainedOn = { actions: [Uint16Array.from(actions)], category: { context, pairs } };
    const { models, symbolOf, frozen, prior } = finish(simplePopulation({ spec: SPEC, trainedOn }));
    expect(prior).toHaveLength(SIMPLE_MODELS.length + 2);
    expect(prior.at(-1)).toBeGreaterThan(0.45);
    expect(frozen).toBe(models.at(-1));
    const out = new Float64Array(3);
    frozen.probabilities([symbolOf({ tick: 0, action: 0, values: Float32Array.of(2) })], out);
    expect(out[2]).toBeGreaterThan(0.9);
  });

  it('are fitted on the newest of long training data', () => {
    const old = new Uint16Array(40_000);
    const { models } = finish(
      simplePopulation({
        spec: SPEC,
        trainedOn: { actions: [old, new Uint16Array(32_768).fill(1)] },
      }),
    );
    const out = new Float64Array(3);
    models[0].probabilities([], out);
    expect(out[0]).toBeLessThan(0.001);
  });
});
