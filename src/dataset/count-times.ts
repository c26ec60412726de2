import type { Episode } from '../record/episode.ts';
import { timeBin } from './time-bins.ts';

/**
 * Counts of the times to the next action, by the action before: [actions][edges.length + 1] over the
 * bins of `edges` (ticks). Empty when there are no edges.
 */
export function countTimes(
  edges: readonly number[],
  actions: number,
  episodes: readonly Episode[],
): number[][] {
  if (!edges.length) return [];
  const counts = Array.from({ length: actions }, () =>
    Array.from({ length: edges.length + 1 }, () => 0),
  );
  for (const episode of episodes)
    for (let i = 1; i < episode.length; i++)
      counts[episode.actions[i - 1]][timeBin(edges, episode.ticks[i] - episode.ticks[i - 1])]++;
  return counts;
}
