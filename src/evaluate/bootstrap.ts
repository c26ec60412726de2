import { createRng } from '../util/rng.ts';

/** What one session contributes to a mean: the sum of its values and their number. */
export interface SessionSum {
  readonly sum: number;
  readonly count: number;
}

export interface BootstrapOptions {
  /** How often the sessions are resampled. */
  readonly resamples?: number;
  /** Share of the resampled means within the interval, in (0, 1). */
  readonly level?: number;
  /** The same seed gives the same interval. */
  readonly seed?: number;
}

export const BOOTSTRAP_DEFAULTS: Required<BootstrapOptions> = {
  resamples: 2000,
  level: 0.95,
  seed: 1,
};

/** A mean and the range in which it may lie on other sessions. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean over all values of all sessions, with the percentile bootstrap interval (Efron, "Bootstrap
 * Methods: Another Look at the Jackknife", Annals of Statistics 1979). Whole sessions are drawn, with
 * replacement: steps of one session are too similar to be drawn one by one.
 *
 * `mean` is NaN without values; `low` and `high` are NaN with fewer than two sessions, which tell
 * nothing about others.
 */
export function bootstrapInterval(
  sessions: readonly SessionSum[],
  options: BootstrapOptions = {},
): Interval {
  const { resamples, level, seed } = { ...BOOTSTRAP_DEFAULTS, ...options };
  const used = sessions.filter(({ count }) => count > 0);
  const mean = meanOf(used);
  if (used.length < 2) return { mean, low: NaN, high: NaN };
  const rng = createRng(seed);
  const means = Float64Array.from({ length: resamples }, () =>
    meanOf(used.map(() => used[rng.int(used.length)])),
  ).sort();
  const at = (share: number): number => means[Math.round(share * (resamples - 1))];
  return { mean, low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

function meanOf(sessions: readonly SessionSum[]): number {
  let sum = 0;
  let count = 0;
  for (const session of sessions) {
    sum += session.sum;
    count += session.count;
  }
  return sum / (count || NaN);
}
