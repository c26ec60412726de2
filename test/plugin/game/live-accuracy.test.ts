import { expect, it } from 'vitest';
import { LiveAccuracy, RECENT_STEPS, SCORED_PAIRS } from '../../../plugin/game/live-accuracy.ts';

it('scores before it learns', () => {
  const accuracy = new LiveAccuracy(3);
  // Nothing was seen yet, so "most frequent" and n-gram both guess action 0.
  accuracy.score(2, 2);
  expect(accuracy.total).toEqual({ model: 1, mostFrequent: 0, ngram: 0 });
  expect(accuracy.lastHit).toBe(true);
  accuracy.score(0, 2);
  expect(accuracy.total).toEqual({ model: 0.5, mostFrequent: 0.5, ngram: 0.5 });
  expect(accuracy.lastHit).toBe(false);
});

it('learns from steps that the model did not guess, without counting them', () => {
  const accuracy = new LiveAccuracy(3);
  for (let i = 0; i < 4; i++) accuracy.score(null, 1);
  expect(accuracy.scored).toBe(0);
  expect(accuracy.total.model).toBeNaN();
  accuracy.score(0, 1);
  expect(accuracy.total).toEqual({ model: 0, mostFrequent: 1, ngram: 1 });
});

it('has an n-gram row that knows a pattern which "most frequent" cannot', () => {
  const accuracy = new LiveAccuracy(3);
  for (let i = 0; i < 120; i++) accuracy.score(0, [0, 1, 2][i % 3]);
  expect(accuracy.recent.ngram).toBe(1);
  expect(accuracy.recent.mostFrequent).toBeLessThan(0.5);
});

it('forgets old hits in the recent shares and bounds its history', () => {
  const accuracy = new LiveAccuracy(2);
  for (let i = 0; i < 500; i++) accuracy.score(0, 1);
  for (let i = 0; i < RECENT_STEPS; i++) accuracy.score(1, 1);
  expect(accuracy.recent.model).toBe(1);
  expect(accuracy.total.model).toBeCloseTo(RECENT_STEPS / (500 + RECENT_STEPS));
  expect(accuracy.points).toHaveLength(400);
  expect(accuracy.points.at(-1)).toEqual([550, 1, 1, 1]);
});

it('begins an episode without a past', () => {
  const accuracy = new LiveAccuracy(3);
  // After 1 comes 2, but the first action of an episode is 0 most often.
  for (let i = 0; i < 20; i++) {
    accuracy.beginEpisode();
    for (const action of [0, 1, 2, 0, 1]) accuracy.score(null, action);
  }
  accuracy.score(0, 2);
  expect(accuracy.total.ngram).toBe(1);
  accuracy.beginEpisode();
  accuracy.score(0, 2);
  expect(accuracy.total.ngram).toBe(0.5);
});

it('keeps the newest guesses with what came, and by how much the time was off', () => {
  const accuracy = new LiveAccuracy(3);
  expect(accuracy.last).toBeNull();
  expect(accuracy.timeError).toBeNaN();
  accuracy.score(0, 2);
  expect(accuracy.timeError).toBeNaN();
  accuracy.score(1, 2, { predicted: 14, actual: 20 });
  accuracy.score(2, 2, { predicted: 22, actual: 20 });
  expect(accuracy.last).toEqual({ guess: 2, action: 2, predicted: 22, actual: 20 });
  expect(accuracy.timeError).toBe(4);
  accuracy.score(null, 1);
  expect(accuracy.pairs.map(({ guess }) => guess)).toEqual([0, 1, 2]);
  for (let i = 0; i < SCORED_PAIRS; i++) accuracy.score(0, 1);
  expect(accuracy.pairs).toHaveLength(SCORED_PAIRS);
  expect(accuracy.pairs[0].guess).toBe(0);
});
