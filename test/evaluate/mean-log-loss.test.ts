import { expect, it } from 'vitest';
import { meanLogLoss } from '../../src/evaluate/mean-log-loss.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 12, seed: 3 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 2 } });
const episodes = set.episodes.slice(0, 2);
const all = episodes.reduce((sum, { length }) => sum + length - 1, 0);

it('takes the mean over the predictions of all episodes, with those before as history', async () => {
  const whole = await meanLogLoss(checkpoint, episodes);
  const first = await meanLogLoss(checkpoint, [episodes[0]]);
  const newest = await meanLogLoss(checkpoint, episodes, { maxSteps: 1 });
  const [a, b] = [episodes[0].length - 1, episodes[1].length - 1];
  expect(newest).toBe(await meanLogLoss(checkpoint, [episodes[1]]));
  // Experts that have seen the first episode predict the second differently.
  expect((all * whole - a * first) / b).not.toBeCloseTo(newest, 4);
});

it('is NaN where there is nothing to predict', async () => {
  expect(await meanLogLoss(checkpoint, [])).toBeNaN();
});
