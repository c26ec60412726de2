/** A part of a mixture of normal distributions; a point where its deviation is 0. */
export interface NormalPart {
  /** In [0, 1]; those of all parts sum to 1. */
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Probability that a standard normal value is above `z`; relative error below 2e-7 (Numerical Recipes, "erfcc"). */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  let series = 0;
  for (let i = SERIES.length - 1; i >= 0; i--) series = series * t + SERIES[i];
  const tail = 0.5 * t * Math.exp(series - x * x);
  return z < 0 ? 1 - tail : tail;
}

/** Coefficients of a Chebyshev fit, by powers of t. */
const SERIES = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** Density of a standard normal value. */
export const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

export interface CellOptions {
  /** Deviation of the normal distribution, > 0. */
  readonly deviation: number;
  /** Width of the cell, > 0. */
  readonly cell: number;
}

/** Probability that a normal value falls in a cell whose middle is `error` from its mean. */
export function cellMass(error: number, { deviation, cell }: CellOptions): number {
  const z = Math.abs(error) / deviation;
  const half = cell / 2 / deviation;
  // The difference of two tails that are nearly equal would be lost in rounding.
  return half < 0.01 ? 2 * half * density(z) : upperTail(z - half) - upperTail(z + half);
}
