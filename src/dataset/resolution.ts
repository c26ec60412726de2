import type { Episode } from '../record/episode.ts';
import { sortedFinite } from '../util/sorted-finite.ts';

/** The smallest difference between two values of a column; 1 where there are no two. */
export function resolution(episodes: readonly Episode[], column: number): number {
  const sorted = sortedFinite(
    episodes.map(({ columns, length }) => columns[column].subarray(0, length)),
  );
  let least = Infinity;
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i] > sorted[i - 1]) least = Math.min(least, sorted[i] - sorted[i - 1]);
  return Number.isFinite(least) ? least : 1;
}
