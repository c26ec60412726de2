import { expect, it } from 'vitest';
import { killRuns } from './kill-runs.ts';

it('a browser that is killed three times loses at most a second of play each time', async () => {
  const { broken, learnings } = await killRuns({ kills: 3, seed: 3, mostMs: 1500 });
  expect(broken).toEqual([]);
  expect(learnings).toBeGreaterThanOrEqual(3);
});
