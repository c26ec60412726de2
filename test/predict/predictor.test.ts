import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { findParameter } from '../../src/network/parameters.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { Step } from '../../src/record/episode.ts';
import { stepAt } from '../../src/record/episode.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 1 });
const checkpoint = randomCheckpoint(set, { seed: 5 });
const stepsOf = (index: number): Step[] =>
  Array.from({ length: set.episodes[index].length }, (_, i) => stepAt(set.episodes[index], i));
const left = stepsOf(0);
const right = stepsOf(1);

/** A blend keeps what it learned about the player, see safeguarded.test.ts. */
const NETWORK_ALONE = { blend: false } as const;

const observeAll = (predictor: Predictor, name: string, steps: readonly Step[]): Prediction[] =>
  steps.map((step) => predictor.observe(name, step));
const fresh = (steps: readonly Step[], from: Checkpoint = checkpoint): Prediction[] =>
  observeAll(createPredictor(from, NETWORK_ALONE), 'x', steps);

/** The checkpoint with one parameter filled with other values. */
function withParameter(
  from: Checkpoint,
  name: string,
  value: (index: number) => number,
): Checkpoint {
  const { offset, length } = findParameter(parameterLayout(from.shape), name);
  const weights = from.weights.slice();
  for (let i = 0; i < length; i++) weights[offset + i] = value(i);
  return { ...from, weights };
}

describe('Predictor', () => {
  it('describes what it predicts', () => {
    fresh(left).forEach((prediction, i) => {
      const { probabilities, actionIndex } = prediction;
      expect(prediction.tick).toBe(left[i].tick);
      expect(prediction.steps).toBe(i + 1);
      expect(probabilities).toHaveLength(4);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(prediction.probability).toBe(Math.max(...probabilities));
      expect(probabilities[actionIndex]).toBe(prediction.probability);
      expect(prediction.action).toBe(set.spec.action.actions[actionIndex]);
      expect(prediction.entropy).toBeCloseTo(
        -probabilities.reduce((sum, p) => sum + p * Math.log(p), 0),
        4,
      );
      expect(prediction.timeProbabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(prediction.inTicks).toBeGreaterThan(0);
    });
  });

  it('keeps characters apart', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    const mixed = left.map((step, i) => [
      predictor.observe('left', step),
      predictor.observe('right', right[i]),
    ]);
    expect(mixed.map(([first]) => first)).toEqual(fresh(left));
    expect(mixed.map(([, second]) => second)).toEqual(fresh(right));
    expect(predictor.characters).toEqual(['left', 'right']);
    expect(predictor.prediction('left')).toBe(mixed.at(-1)![0]);
    predictor.remove('left');
    expect(predictor.prediction('left')).toBeNull();
    expect(predictor.characters).toEqual(['right']);
  });

  it('remembers the episode, and forgets it on reset', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    observeAll(predictor, 'x', right);
    predictor.reset('x');
    expect(predictor.prediction('x')).toBeNull();
    expect(observeAll(predictor, 'x', left)).toEqual(fresh(left));
    const other = createPredictor(checkpoint, NETWORK_ALONE);
    other.observe('x', right[0]);
    const later = { ...left[0], tick: right[0].tick };
    expect(other.observe('x', later).probabilities).not.toEqual(fresh(left)[0].probabilities);
  });

  it('gives predictions that stay as they are', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    const first = predictor.observe('x', left[0]);
    const copy = structuredClone(first);
    observeAll(predictor, 'x', left.slice(1));
    expect(first).toEqual(copy);
  });

  it('turns continuous targets and time back into units', () => {
    const model = { continuous: ['distance'] };
    let known = randomCheckpoint(set, { seed: 2, model });
    known = withParameter(known, 'values.weight', () => 0);
    known = withParameter(known, 'values.bias', () => 0.5);
    known = withParameter(known, 'time.weight', () => 0);
    known = withParameter(known, 'time.bias', (bin) => (bin === 1 ? 50 : 0));
    const [prediction] = fresh(left, known);
    const field = known.statistics.fields[0];
    if (field.kind !== 'number') throw new Error('not a number');
    expect(prediction.values.distance).toBeCloseTo(field.mean + 0.5 * field.scale, 4);
    const { timeEdges } = known.statistics;
    expect(prediction.inTicks).toBeGreaterThan(timeEdges[0]);
    expect(prediction.inTicks).toBeLessThanOrEqual(timeEdges[1]);
  });

  it('has no time and no values without those heads', () => {
    const [prediction] = fresh(left, randomCheckpoint(set, { seed: 2, model: { timeBins: 0 } }));
    expect(prediction.inTicks).toBeNaN();
    expect(prediction.timeProbabilities).toHaveLength(0);
    expect(prediction.values).toEqual({});
  });

  it('takes missing values and two steps at one tick', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    const values = Float32Array.of(NaN, NaN);
    predictor.observe('x', { tick: 3, action: 0, values });
    expect(predictor.observe('x', { tick: 3, action: 1, values }).probability).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Step>, string, RegExp]>([
    ['falling tick', { tick: 9 }, 'bad-data', /Tick 9 of "x" comes after tick 10.*reset\('x'\)/],
    ['NaN tick', { tick: NaN }, 'bad-data', /Tick NaN/],
    ['unknown action', { action: 4 }, 'unknown-action', /action 4.*0 to 3/],
    ['no action', { action: -1 }, 'unknown-action', /action -1/],
    ['short row', { values: new Float32Array(1) }, 'bad-observation', /1 values.*2 fields/],
  ])('refuses a bad step and continues as before: %s', (_, fault, code, message) => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    const good = (tick: number): Step => ({ ...left[0], tick });
    predictor.observe('x', good(10));
    const bad = () => predictor.observe('x', { ...good(11), ...fault });
    expect(bad).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
    expect(predictor.observe('x', good(12))).toEqual(fresh([good(10), good(12)])[1]);
  });

  it('throws when the weights are broken', () => {
    const broken = withParameter(checkpoint, 'action.bias', (i) => (i === 2 ? NaN : 0));
    expect(() => fresh(left, broken)).toThrow(expect.objectContaining({ code: 'diverged' }));
  });
});

describe('observeMany', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  /** The step of each character at a time. Each begins at another place. */
  const stepsAt = (t: number): Map<string, Step> =>
    new Map(names.map((name, i) => [name, (i % 2 ? left : right)[t + (i >> 1)]]));

  it('predicts what observe predicts', () => {
    const [together, alone] = [
      createPredictor(checkpoint, NETWORK_ALONE),
      createPredictor(checkpoint, NETWORK_ALONE),
    ];
    for (let t = 0; t < 12; t++) {
      const observed = stepsAt(t);
      const found = together.observeMany(observed);
      expect(found).toHaveLength(names.length);
      names.forEach((name, i) => {
        const expected = alone.observe(name, observed.get(name)!);
        expect(found[i].actionIndex).toBe(expected.actionIndex);
        expect(found[i].steps).toBe(t + 1);
        expect(found[i].tick).toBe(expected.tick);
        found[i].probabilities.forEach((probability, action) => {
          expect(Math.abs(probability - expected.probabilities[action])).toBeLessThan(1e-5);
        });
        expect(together.prediction(name)).toBe(found[i]);
      });
    }
  });

  it('refuses all steps where one is bad, and takes any number of characters, also none', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    predictor.observeMany(stepsAt(3));
    const before = names.map((name) => predictor.prediction(name));
    const bad = stepsAt(4).set('e', { ...left[9], action: 9 });
    expect(() => predictor.observeMany(bad)).toThrow(
      expect.objectContaining({ code: 'unknown-action' }),
    );
    expect(names.map((name) => predictor.prediction(name))).toEqual(before);
    expect(predictor.observeMany(new Map())).toEqual([]);
    const [prediction] = predictor.observeMany(new Map([['a', right[4]]]));
    expect(prediction.steps).toBe(2);
  });
});

describe('swap', () => {
  const trained = randomCheckpoint(set, { seed: 6 });

  it('continues as if the new weights had been there from the start', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    observeAll(predictor, 'left', left.slice(0, 20));
    observeAll(predictor, 'right', right.slice(0, 7));
    predictor.swap(trained);
    expect(predictor.checkpoint).toBe(trained);
    expect(predictor.prediction('left')).toEqual(fresh(left, trained)[19]);
    expect(observeAll(predictor, 'left', left.slice(20))).toEqual(fresh(left, trained).slice(20));
    expect(observeAll(predictor, 'right', right.slice(7))).toEqual(fresh(right, trained).slice(7));
  });

  it('replays the last steps where the episode is longer than the memory', () => {
    const predictor = createPredictor(checkpoint, { ...NETWORK_ALONE, memory: 8 });
    observeAll(predictor, 'x', left.slice(0, 30));
    predictor.swap(trained);
    const { steps, probabilities } = predictor.prediction('x')!;
    expect(steps).toBe(30);
    expect(probabilities).toEqual(fresh(left.slice(22, 30), trained)[7].probabilities);
  });

  it('leaves characters without a step without a prediction', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    predictor.observe('x', left[0]);
    predictor.reset('x');
    predictor.swap(trained);
    expect(predictor.prediction('x')).toBeNull();
  });

  it('refuses another spec and broken weights, and continues with the old ones', () => {
    const predictor = createPredictor(checkpoint, NETWORK_ALONE);
    observeAll(predictor, 'x', left.slice(0, 5));
    const spec = defineSpec({ ...set.spec, action: ['idle', 'strike', 'block', 'kick'] });
    expect(() => predictor.swap({ ...trained, spec })).toThrow(
      expect.objectContaining({ code: 'spec-mismatch', message: expect.stringMatching(/kick/) }),
    );
    const broken = withParameter(trained, 'action.bias', () => NaN);
    expect(() => predictor.swap(broken)).toThrow(expect.objectContaining({ code: 'diverged' }));
    expect(predictor.checkpoint).toBe(checkpoint);
    expect(observeAll(predictor, 'x', left.slice(5))).toEqual(fresh(left).slice(5));
  });
});
