import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NgramModel } from '../../src/experts/ngram.ts';

const ACTIONS = 5;
const sequences = fc.array(fc.array(fc.nat(ACTIONS - 1), { maxLength: 30 }), { maxLength: 6 });

/** The formula of the doc comment, written naively: maps from the context's text to counts. */
function naive(episodes: number[][], order: number, d: number, theta: number) {
  const counts = new Map<string, Map<number, number>>();
  for (const episode of episodes)
    episode.forEach((next, i) => {
      for (let m = Math.min(order, i); m >= 0; m--) {
        const key = episode.slice(i - m, i).join();
        const row = counts.get(`${m}:${key}`) ?? new Map<number, number>();
        counts.set(`${m}:${key}`, row);
        const known = row.get(next) ?? 0;
        row.set(next, known + 1);
        if (known) break;
      }
    });
  const estimate = (history: number[], action: number, m: number): number => {
    if (m < 0) return 1 / ACTIONS;
    const row = counts.get(`${m}:${history.slice(history.length - m).join()}`);
    const shorter = estimate(history, action, m - 1);
    if (!row) return shorter;
    const n = [...row.values()].reduce((a, b) => a + b, 0);
    const discounted = Math.max((row.get(action) ?? 0) - d, 0);
    return (discounted + (theta + d * row.size) * shorter) / (n + theta);
  };
  return (history: number[], action: number) =>
    estimate(history, action, Math.min(order, history.length));
}

describe('NgramModel', () => {
  it('equals the formula written with plain maps', () => {
    fc.assert(
      fc.property(sequences, fc.nat(4), fc.array(fc.nat(ACTIONS - 1)), (episodes, order, past) => {
        const model = new NgramModel({ order, actions: ACTIONS, discount: 0.6, strength: 2 });
        for (const episode of episodes) model.learnEpisode(episode);
        const expected = naive(episodes, order, 0.6, 2);
        model
          .probabilities(past)
          .forEach((p, action) => expect(p).toBeCloseTo(expected(past, action), 10));
      }),
      { numRuns: 60 },
    );
  });

  it('gives every action a probability above zero, and they sum to 1', () => {
    fc.assert(
      fc.property(sequences, fc.array(fc.nat(ACTIONS - 1)), (episodes, past) => {
        const model = new NgramModel({ order: 3, actions: ACTIONS });
        for (const episode of episodes) model.learnEpisode(episode);
        const p = [...model.probabilities(past)];
        expect(Math.min(...p)).toBeGreaterThan(0);
        expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('learns a habit that takes two actions to see', () => {
    const model = new NgramModel({ order: 2, actions: 3 });
    // After 0 0 comes 1, after 1 0 comes 2, after 2 0 comes 0.
    const cycle = Array.from({ length: 60 }, (_, i) => [0, 0, 1, 0, 2][i % 5]);
    model.learnEpisode(cycle);
    expect(model.mostProbable([0, 0])).toBe(1);
    expect(model.mostProbable([1, 0])).toBe(2);
    expect(model.mostProbable([2, 0])).toBe(0);
    expect(model.probabilities([0, 0])[1]).toBeGreaterThan(0.7);
  });

  it('is uniform before it learned anything, and reads only the last actions before `end`', () => {
    const model = new NgramModel({ order: 2, actions: 4 });
    expect([...model.probabilities([1, 2])]).toEqual([0.25, 0.25, 0.25, 0.25]);
    model.learnEpisode([0, 1, 2, 0, 1, 2]);
    const out = new Float64Array(4);
    expect(model.probabilities([3, 3, 0, 1, 3], out, 4)).toBe(out);
    expect(out).toEqual(model.probabilities([0, 1]));
  });

  it('can be copied: the copy learns alone', () => {
    const population = new NgramModel({ order: 2, actions: 4 });
    population.learnEpisode([0, 1, 2, 0, 1, 2]);
    const before = population.probabilities([0, 1]);
    const player = population.clone();
    expect(player.probabilities([0, 1])).toEqual(before);
    for (let i = 0; i < 50; i++) player.learn([0, 1], 3);
    expect(player.mostProbable([0, 1])).toBe(3);
    expect(population.probabilities([0, 1])).toEqual(before);
  });

  it('refuses an action outside the spec', () => {
    const model = new NgramModel({ order: 1, actions: 2 });
    expect(() => model.learn([0], 2)).toThrow(RangeError);
  });
});
