import { splitBySession, splitLast } from '../dataset/split.ts';
import type { Split, SplitEpisode } from '../dataset/split.ts';
import type { Checkpoint } from '../model/checkpoint.ts';

export interface TestOptions {
  readonly fraction: number;
  readonly seed: number;
  /** Sets aside the last sessions instead of random ones. */
  readonly last: boolean;
  readonly start?: Checkpoint;
}

/**
 * Sets sessions aside for the test. With a start model they are drawn from the sessions that it never
 * learned from, since its scores on the others would be too good; all others are trained on.
 */
export function splitForTest<E extends SplitEpisode>(
  episodes: readonly E[],
  { fraction, seed, last, start }: TestOptions,
): Split<E> {
  const split = (some: readonly E[]) =>
    last ? splitLast(some, fraction) : splitBySession(some, { fraction, seed });
  const known = new Set(start?.trainedOn.sessions);
  if (!known.size) return split(episodes);
  const fresh = split(episodes.filter(({ session }) => !known.has(session)));
  const again = episodes.filter(({ session, learn }) => learn && known.has(session));
  return { train: [...again, ...fresh.train], heldOut: fresh.heldOut };
}
