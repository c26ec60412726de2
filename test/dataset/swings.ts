import type { Episode } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from './make-episodes.ts';

/**
 * Oscillates with a little noise, from rest: x(t) = 1.9 x(t-1) - x(t-2) + e. Episodes of 200 steps.
 *
 * @param noise whether a second value, which nothing predicts, follows
 */
export function swings(
  count: number,
  seed: number,
  { noise = false }: { readonly noise?: boolean } = {},
): Episode[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, e) => {
    let last = rng.normal();
    let before = last;
    const rows = Array.from({ length: 200 }, (__, i) => {
      [before, last] = [last, 1.9 * last - before + 0.01 * rng.normal()];
      return [i, 0, last, ...(noise ? [rng.normal()] : [])];
    });
    return makeEpisode(rows, { id: `${seed}:${e}`, session: `${seed}:${e}` });
  });
}
