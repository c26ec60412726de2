import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';
import { likelySequence } from '../../src/predict/likely-sequence.ts';

const set = habitualEpisodes({ sessions: 3, length: 50, seed: 2 });
const [episode] = set.episodes;
const checkpoint = randomCheckpoint(set, { seed: 4, model: { contexts: 0 } });

/** What is tried by observing must not be learned, so nothing is blended. */
function watching(steps: number, from: Checkpoint = checkpoint): Predictor {
  const predictor = createPredictor(from, { blend: false });
  for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(episode, i));
  return predictor;
}

/** The most probable sequence and its probability, by trying all of them. */
function best(steps: number, horizon: number): { actions: number[]; probability: number } {
  let paths: { actions: number[]; ticks: number[]; probability: number }[] = [
    { actions: [], ticks: [], probability: 1 },
  ];
  for (let k = 0; k < horizon; k++)
    paths = paths.flatMap(({ actions, ticks, probability }) => {
      const predictor = watching(steps);
      const { values } = stepAt(episode, steps - 1);
      actions.forEach((action, i) => predictor.observe('hero', { tick: ticks[i], action, values }));
      const { probabilities, inTicks, tick } = predictor.prediction('hero')!;
      return Array.from(probabilities, (share, action) => ({
        actions: [...actions, action],
        ticks: [...ticks, tick + inTicks],
        probability: probability * share,
      }));
    });
  return paths.reduce((a, b) => (b.probability > a.probability ? b : a));
}

describe('the most probable sequence', () => {
  it('is the best of all when the beam is wide enough', () => {
    for (const steps of [5, 12, 21]) {
      const found = likelySequence(watching(steps), 'hero', { horizon: 3, beam: 16 })!;
      const { actions, probability } = best(steps, 3);
      expect(found.actionIndices).toEqual(actions);
      expect(found.probability).toBeCloseTo(probability, 5);
      expect(found.actions).toEqual(actions.map((action) => set.spec.action.actions[action]));
    }
  });

  it('takes the prediction first where the beam is 1', () => {
    const predictor = watching(20);
    const { actionIndex, probability, inTicks } = predictor.prediction('hero')!;
    const one = likelySequence(predictor, 'hero', { horizon: 1, beam: 1 })!;
    expect(one.actionIndices).toEqual([actionIndex]);
    expect(one.probability).toBe(probability);
    expect(one.inTicks).toEqual([inTicks]);
    const greedy = likelySequence(predictor, 'hero', { horizon: 5, beam: 1 })!;
    expect(greedy.actionIndices[0]).toBe(actionIndex);
    expect(greedy.inTicks).toHaveLength(5);
    const wide = likelySequence(predictor, 'hero', { horizon: 5, beam: 64 })!;
    expect(wide.probability).toBeGreaterThanOrEqual(greedy.probability);
  });

  it('is known with experts, without a time head, and not before the first step', () => {
    const experts = randomCheckpoint(set, { seed: 4, model: { contexts: 2, timeBins: 0 } });
    const predictor = watching(20, experts);
    const found = likelySequence(predictor, 'hero', { horizon: 4 })!;
    expect(found.actions).toHaveLength(4);
    expect(found.inTicks).toEqual([NaN, NaN, NaN, NaN]);
    expect(likelySequence(predictor, 'hero', { horizon: 4 })).toEqual(found);
    expect(likelySequence(predictor, 'stranger')).toBeNull();
  });

  it.each(['horizon', 'beam'])('refuses a bad %s', (name) => {
    for (const value of [0, -1, 2.5, NaN])
      expect(() => likelySequence(watching(3), 'hero', { [name]: value })).toThrow(
        expect.objectContaining({
          code: 'bad-config',
          message: expect.stringMatching(/Give a whole number of at least 1/),
        }),
      );
  });
});
