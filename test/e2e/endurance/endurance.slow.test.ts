import { expect, it } from 'vitest';
import { BOUNDS, grownRows } from './growth.ts';
import { playForHours } from './play-for-hours.ts';
import { enduranceTable } from './table.ts';

/** Eleven minutes of play with a restart in each: `npm run endurance` plays for hours. */
const SHORT = { hours: 0.1, samples: 6, warmUpSeconds: 300 };
const page = { roundSeconds: 60, actSeconds: 30, mostEpisodes: 200 };

it('takes no more and more while 200 characters play, learn and restart', async () => {
  const { samples, played, problems } = await playForHours({ ...SHORT, page });
  expect(problems).toEqual([]);
  expect(grownRows(samples), enduranceTable(samples)).toEqual([]);
  expect(played.restarts).toBe(11);
  expect(played.updates).toBeGreaterThan(100);
  expect(played.recalls).toBeGreaterThan(1000);
});

it('finds every kind of leak', async () => {
  const { samples } = await playForHours({ ...SHORT, page: { ...page, leaks: true } });
  const leaked = new Set(grownRows(samples));
  const missed = BOUNDS.map(({ row }) => row).filter((row) => !leaked.has(row));
  // The leak is of none of these.
  expect(missed, enduranceTable(samples)).toEqual([
    'gpuBuffers',
    'gameObjects',
    'episodes',
    'recordings',
    'keptModels',
  ]);
});
