import { createRng } from '../../src/util/rng.ts';

/** Steps that are read before the one that is predicted. */
export const STEPS = 10;

export interface SeriesOptions {
  readonly sequences: number;
  /** The same seed gives the same series. */
  readonly seed: number;
}

/**
 * Sequences of STEPS values and the one that follows, each of two sine waves of its own length, phase
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

/** As CSV: one row a value, with the number of its sequence. */
export const seriesCsv = (series: readonly (readonly number[])[]): string =>
  `sequence,value\n${series
    .flatMap((values, i) => values.map((value) => `${i + 1},${value.toFixed(4)}\n`))
    .join('')}`;
