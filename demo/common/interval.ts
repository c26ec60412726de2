import { createRng } from '../../src/core.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * 95 % interval of the mean by the percentile bootstrap (Efron 1979). Pass one value per independent
 * unit (a session), not one per round: the rounds of a session depend on each other.
 */
export function bootstrapInterval(values: readonly number[], seed = 1): Interval {
  const rng = createRng(seed);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[rng.int(values.length)])),
  ).sort((a, b) => a - b);
  return {
    low: means[Math.floor(RESAMPLES * 0.025)],
    high: means[Math.ceil(RESAMPLES * 0.975) - 1],
  };
}
