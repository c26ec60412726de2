import { expect, it } from 'vitest';
import { meanLogLoss } from '../../src/evaluate/mean-log-loss.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 12, seed: 3 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 2 } });
const episodes = set.episodes.slice(0, 2);
const all = episodes.reduce((sum, { length }) => sum + length - 1, 0);

it('scores only the last predictions if asked to, with all steps before them as history', async () => {
  const whole = await meanLogLoss(checkpoint, episodes);
  const first = await meanLogLoss(checkpoint, [episodes[0]]);
  const last = await meanLogLoss(checkpoint, episodes, { scoredSteps: episodes[1].length - 1 });
  const [a, b] = [episodes[0].length - 1, episodes[1].length - 1];
  expect(a * first + b * last).toBeCloseTo(all * whole, 6);
  // Experts that have seen the first episode predict the second differently.
  expect(last).not.toBeCloseTo(await meanLogLoss(checkpoint, [episodes[1]]), 4);
  expect(await meanLogLoss(checkpoint, episodes, { scoredSteps: 1000 })).toBe(whole);
});

it('is NaN where there is nothing to predict', async () => {
  expect(await meanLogLoss(checkpoint, [])).toBeNaN();
});
