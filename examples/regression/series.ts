import { createRng } from '../../src/core.ts';

/** Steps before the predicted one. */
export const STEPS = 10;

export interface SeriesOptions {
  readonly sequences: number;
  /** The same seed gives the same series. */
  readonly seed: number;
}

/**
 * Sequences of STEPS values and the next one. Each is the sum of two sine waves of random length, phase
 * and height, with a little noise. [sequences][STEPS + 1].
 */
export function makeSeries({ sequences, seed }: SeriesOptions): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: sequences }, () => {
    const waves = [6, 20].map((shortest) => ({
      length: shortest * (1 + rng.next()),
      phase: rng.next(),
      height: 0.5 + rng.next(),
    }));
    return Array.from({ length: STEPS + 1 }, (_, step) =>
      waves.reduce(
        (sum, { length, phase, height }) =>
          sum + height * Math.sin(2 * Math.PI * (step / length + phase)),
        0.05 * rng.normal(),
      ),
    );
  });
}

/** As CSV: one row per value, with the number of its sequence. */
export const seriesCsv = (series: readonly (readonly number[])[]): string =>
  `sequence,value\n${series
    .flatMap((values, i) => values.map((value) => `${i + 1},${value.toFixed(4)}\n`))
    .join('')}`;
