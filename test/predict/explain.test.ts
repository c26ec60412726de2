import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { StreamingNetwork } from '../../src/kernels/reference/streaming-network.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { findParameter } from '../../src/network/parameters.ts';
import type { ExplainOptions, Explanation } from '../../src/predict/explanation.ts';
import type { PredictorOptions } from '../../src/predict/predictor.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { Step } from '../../src/record/episode.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';
import { explain } from '../../src/predict/explain.ts';

const set = habitualEpisodes({ sessions: 3, length: 60, seed: 2 });
const { actions } = set.spec.action;
const plain = randomCheckpoint(set, { seed: 5 });
const mixed = randomCheckpoint(set, { seed: 1, model: { contexts: 3 } });
const [first] = set.episodes;
const stepsOf = (count: number): Step[] =>
  Array.from({ length: count }, (_, i) => stepAt(first, i));

function watched(
  checkpoint: Checkpoint,
  steps: readonly Step[],
  options: PredictorOptions = { blend: false },
): Predictor {
  const predictor = createPredictor(checkpoint, options);
  for (const step of steps) predictor.observe('hero', step);
  return predictor;
}

const explained = (
  checkpoint: Checkpoint,
  count: number,
  options: ExplainOptions = {},
): Explanation => explain(watched(checkpoint, stepsOf(count)), 'hero', options)!;

/** The network's own logits after the steps, without votes. */
function networkLogits(
  { spec, statistics, shape, weights }: Checkpoint,
  steps: readonly Step[],
): Float32Array {
  const encoder = new Encoder(spec, statistics);
  const network = new StreamingNetwork(shape, weights);
  const [encoded, state] = [encoder.createState(), network.createState()];
  const predictor = createPredictor(mixed);
  const features = new Float32Array(shape.features);
  let logits = new Float32Array(0);
  for (const step of steps) {
    encoder.encode(encoded, step, features);
    predictor.observe('hero', step);
    if (shape.experts) features.set(predictor.experts('hero')!.matches, encoder.width);
    logits = network.step(state, features).actionLogits.slice();
  }
  return logits;
}

/** The checkpoint with the features' weights kept in some columns only. */
function seeing(checkpoint: Checkpoint, columns: readonly number[]): Checkpoint {
  const { offset, length, shape } = findParameter(
    parameterLayout(checkpoint.shape),
    'lstm.weight_ih_l0',
  );
  const weights = checkpoint.weights.slice();
  for (let i = 0; i < length; i++) if (!columns.includes(i % shape[1])) weights[offset + i] = 0;
  return { ...checkpoint, weights };
}

describe('what is exact in an explanation', () => {
  it('adds up to the log-odds of the prediction, for every action and step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...actions, undefined),
        fc.constantFrom(plain, mixed),
        (count, action, checkpoint) => {
          const predictor = watched(checkpoint, stepsOf(count));
          const prediction = predictor.prediction('hero')!;
          const why = explain(predictor, 'hero', { action, steps: 0 })!;
          const sum = why.experts.reduce((total, e) => total + e.contribution, why.network);
          expect(sum).toBeCloseTo(why.logOdds, 5);
          const { probabilities } = prediction;
          expect(why.action).toBe(action ?? prediction.action);
          expect(why.probability).toBe(probabilities[why.actionIndex]);
          const others = probabilities.filter((_, a) => a !== why.actionIndex);
          expect(why.againstProbability).toBe(Math.max(...others));
          expect(why.logOdds).toBeCloseTo(Math.log(why.probability / why.againstProbability), 3);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([1, 7, 40])("has the network's own logits without votes, after %i steps", (count) => {
    const why = explained(mixed, count);
    const logits = networkLogits(mixed, stepsOf(count));
    expect(why.network).toBeCloseTo(logits[why.actionIndex] - logits[why.againstIndex], 3);
  });

  it('gives each expert its weight times the difference of its log-probabilities', () => {
    const why = explained(mixed, 30);
    expect(why.experts).toHaveLength(9);
    for (const { weight, probability, againstProbability, contribution } of why.experts)
      expect(contribution).toBeCloseTo(weight * Math.log(probability / againstProbability), 5);
    const sizes = why.experts.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('counts in each context what really came there', () => {
    const count = 50;
    const own = explained(mixed, count).experts.filter(({ knows, complete, context }) => {
      return knows === 'player' && complete && context.every(({ kind }) => kind === 'action');
    });
    expect(own.length).toBeGreaterThan(0);
    for (const { context, total, count: times } of own) {
      const backs = context.map((part) => (part.kind === 'action' ? part : null)!);
      const after: string[] = [];
      for (let i = 1; i < count; i++)
        if (backs.every(({ back, action }) => nameAt(i - 1 - back) === action))
          after.push(nameAt(i)!);
      expect(total).toBe(after.length);
      expect(times).toBe(after.filter((name) => name === explained(mixed, count).action).length);
    }
    function nameAt(i: number): string | null {
      return i < 0 ? null : actions[first.actions[i]];
    }
  });

  it('reports how far the network is trusted where experts are blended with it', () => {
    const predictor = watched(mixed, stepsOf(40), {});
    const why = explain(predictor, 'hero', { steps: 0 })!;
    // Its weights are random: it is often wrong.
    expect(why.trust).toBeGreaterThan(0);
    expect(why.trust).toBeLessThan(0.6);
    expect(why.probability).toBe(predictor.prediction('hero')!.probability);
    expect(explained(plain, 5).trust).toBe(1);
  });

  it('is the network alone where there are no experts', () => {
    const why = explained(plain, 12);
    expect(why.experts).toEqual([]);
    expect(why.network).toBe(why.logOdds);
    expect(why.logOdds).toBeGreaterThanOrEqual(0);
  });
});

describe('the causes of the network', () => {
  it('compare with its prediction if a field had never been known', () => {
    const steps = stepsOf(8);
    const { action, actionIndex, probability, observations } = explained(plain, 8);
    set.spec.observation.fields.forEach(({ name }, field) => {
      const blind = steps.map((step) => ({
        ...step,
        values: step.values.map((value, i) => (i === field ? NaN : value)),
      }));
      const without = watched(plain, blind).prediction('hero')!.probabilities[actionIndex];
      const { effect } = observations.find((reason) => reason.field === name)!;
      expect(effect, `${name} for ${action}`).toBeCloseTo(Math.log(probability / without), 3);
    });
  });

  it('leave out what the network does not see', () => {
    const distance = actions.length + 1;
    const why = explained(seeing(plain, [distance]), 20);
    for (const { kind, field, effect } of why.observations)
      if (kind === 'field' && field === 'distance') expect(Math.abs(effect)).toBeGreaterThan(1e-3);
      else expect(Math.abs(effect)).toBeLessThan(1e-6);
    expect(why.pastSteps.some(({ effect }) => Math.abs(effect) > 1e-3)).toBe(true);
    const blind = explained(seeing(plain, []), 20);
    for (const { effect } of [...blind.pastSteps, ...blind.observations])
      expect(Math.abs(effect)).toBeLessThan(1e-6);
  });

  it('name the steps and the values that were there', () => {
    const { pastSteps, observations } = explained(mixed, 20, { steps: 5 });
    expect(pastSteps.map(({ back, tick, action }) => ({ back, tick, action }))).toEqual(
      [0, 1, 2, 3, 4].map((back) => ({
        back,
        tick: first.ticks[19 - back],
        action: actions[first.actions[19 - back]],
      })),
    );
    const found = new Map(observations.map((reason) => [reason.field, reason]));
    expect(found.get('distance')).toMatchObject({ value: first.columns[0][19], unit: 'm' });
    expect(found.get('hurt')!.value).toBe(first.columns[1][19] === 1);
    expect(observations.map(({ kind }) => kind).sort()).toEqual([
      'actions',
      'durations',
      'field',
      'field',
    ]);
  });

  it('cost nothing when they are not asked for', () => {
    expect(explained(mixed, 9, { steps: 0 })).toMatchObject({ pastSteps: [], observations: [] });
    expect(explained(mixed, 9, { fields: false }).observations).toEqual([]);
    expect(explained(mixed, 3).pastSteps).toHaveLength(3);
  });

  it('are the same whether they were asked for before or not', () => {
    const predictor = createPredictor(mixed, { blend: false });
    const often = stepsOf(50).map((step) => {
      predictor.observe('hero', step);
      return explain(predictor, 'hero', { steps: 3 });
    });
    for (const count of [1, 4, 20, 50])
      expect(explained(mixed, count, { steps: 3 })).toEqual(often[count - 1]);
    expect(explain(predictor, 'hero')).toEqual(explained(mixed, 50));
  });

  it('reach as far back as the predictor remembers', () => {
    const predictor = watched(mixed, stepsOf(50), { memory: 4 });
    expect(explain(predictor, 'hero')!.pastSteps).toHaveLength(4);
    predictor.observe('hero', stepAt(first, 50));
    expect(explain(predictor, 'hero', { steps: 2 })!.pastSteps).toHaveLength(2);
  });
});

describe('explain', () => {
  it.each([
    ['without', plain],
    ['with', mixed],
  ])('changes nothing of what is predicted, %s experts', (_, checkpoint) => {
    const [asked, silent] = [createPredictor(checkpoint), createPredictor(checkpoint)];
    for (const step of stepsOf(40)) {
      const before = structuredClone(asked.observe('hero', step));
      explain(asked, 'hero', { action: actions[step.action] });
      expect(asked.prediction('hero')).toEqual(before);
      expect(before).toEqual(silent.observe('hero', step));
      expect(asked.experts('hero')).toEqual(silent.experts('hero'));
    }
  });

  it('explains the new weights after a swap, and every character of many', () => {
    const other = { ...mixed, weights: mixed.weights.map((weight) => weight / 2) };
    const predictor = watched(mixed, stepsOf(20));
    explain(predictor, 'hero');
    predictor.swap(other);
    expect(explain(predictor, 'hero')).toEqual(explained(other, 20));
    const many = createPredictor(mixed, { blend: false });
    const expected = explained(mixed, 6);
    for (const step of stepsOf(6))
      many.observeMany(new Map(['a', 'b', 'c'].map((name) => [name, step])));
    for (const name of ['a', 'b', 'c']) {
      expect(explain(many, name)!.network).toBeCloseTo(expected.network, 3);
      expect(explain(many, name)!.pastSteps).toHaveLength(6);
    }
  });

  it('is null as long as there is no prediction', () => {
    const predictor = watched(mixed, stepsOf(3));
    expect(explain(predictor, 'stranger')).toBeNull();
    explain(predictor, 'hero');
    predictor.reset('hero');
    expect(explain(predictor, 'hero')).toBeNull();
    predictor.observe('hero', stepAt(first, 0));
    expect(explain(predictor, 'hero')!.steps).toBe(1);
  });

  it('refuses an unknown action and a bad number of steps', () => {
    const predictor = watched(mixed, stepsOf(3));
    expect(() => explain(predictor, 'hero', { action: 'strke' })).toThrow(
      expect.objectContaining({
        code: 'unknown-action',
        message: expect.stringMatching(/"strke" is not an action of "habitual"\. .*"strike"/),
      }),
    );
    expect(() => explain(predictor, 'hero', { steps: 1.5 })).toThrow(/whole number of at least 0/);
  });
});
