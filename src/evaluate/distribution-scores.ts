import { cellMass, density, upperTail } from '../util/normal.ts';
import type { NormalPart } from '../util/normal.ts';

/**
 * The continuous ranked probability score of a value, in the value's unit; lower is better, and for a distribution
 * of a single point it is the absolute error. For a mixture of normal distributions and points it is
 * sum_i w_i A(y - m_i, s_i^2) - 1/2 sum_ij w_i w_j A(m_i - m_j, s_i^2 + s_j^2), see `meanDistance` (Grimit, Gneiting, Berrocal
 * and Johnson, "The continuous ranked probability score for circular variables and its application to mesoscale
 * forecast ensemble verification", Quarterly Journal of the Royal Meteorological Society 132, 2006; for one normal
 * distribution Gneiting and Raftery, "Strictly proper scoring rules, prediction, and estimation", Journal of
 * the American Statistical Association 102, 2007).
 */
export function crps(parts: readonly NormalPart[], value: number): number {
  let score = 0;
  for (let i = 0; i < parts.length; i++) {
    const { weight, mean, deviation } = parts[i];
    score += weight * meanDistance(value - mean, deviation);
    // Each pair counts twice, and that of a part with itself once.
    score -= (weight * weight * meanDistance(0, Math.SQRT2 * deviation)) / 2;
    for (let j = 0; j < i; j++) {
      const other = parts[j];
      const distance = meanDistance(mean - other.mean, Math.hypot(deviation, other.deviation));
      score -= weight * other.weight * distance;
    }
  }
  return score;
}

/** A(m, s^2): the mean absolute value of a normal variable of mean m and deviation s. */
function meanDistance(mean: number, deviation: number): number {
  if (!deviation) return Math.abs(mean);
  const z = Math.abs(mean) / deviation;
  return deviation * (2 * density(z) + z * (1 - 2 * upperTail(z)));
}

/** Probabilities of cells count as at least this: one impossible value must not decide a mean of logarithms. */
export const LEAST_MASS = 1e-100;

/**
 * The logarithm, nats, of the probability that a value rounded to multiples of `resolution` is the one that came: that of
 * the cell of that width around `value`. A spike counts as no more than its probability.
 */
export function roundedLogLikelihood(
  parts: readonly NormalPart[],
  value: number,
  resolution: number,
): number {
  let mass = 0;
  for (const { weight, mean, deviation } of parts) {
    const error = value - mean;
    if (deviation) mass += weight * cellMass(error, { deviation, cell: resolution });
    else if (Math.abs(error) < resolution / 2) mass += weight;
  }
  return Math.log(Math.max(mass, LEAST_MASS));
}
