import { describe, expect, it } from 'vitest';
import { crps, LEAST_MASS, roundedLogLikelihood } from '../../src/evaluate/distribution-scores.ts';
import { upperTail } from '../../src/util/normal.ts';
import type { NormalPart } from '../../src/util/normal.ts';

const point = (mean: number, weight = 1): NormalPart => ({ weight, mean, deviation: 0 });
const MIXTURE: readonly NormalPart[] = [
  point(1, 0.4),
  { weight: 0.35, mean: 1.5, deviation: 0.5 },
  { weight: 0.25, mean: -2, deviation: 2 },
];

/** The score by its definition: the integral of (F(x) - [x >= value])^2. */
function integrated(parts: readonly NormalPart[], value: number): number {
  const step = 1e-3;
  let sum = 0;
  for (let x = -20 + step / 2; x < 20; x += step) {
    let below = 0;
    for (const { weight, mean, deviation } of parts)
      below += weight * (deviation ? 1 - upperTail((x - mean) / deviation) : x >= mean ? 1 : 0);
    sum += (below - (x >= value ? 1 : 0)) ** 2 * step;
  }
  return sum;
}

describe('crps', () => {
  it('is the absolute error of a point', () => {
    expect(crps([point(2)], 5)).toBe(3);
    expect(crps([point(2)], 2)).toBe(0);
  });

  it('is that of Gneiting and Raftery for a normal distribution', () => {
    // 2 density(0) - 1 / sqrt(pi)
    expect(crps([{ weight: 1, mean: 3, deviation: 1 }], 3)).toBeCloseTo(0.233695, 6);
  });

  it.each([-3, 0.2, 1, 1.4, 6])('is the integral that defines it, value %d', (value) => {
    expect(crps(MIXTURE, value)).toBeCloseTo(integrated(MIXTURE, value), 3);
  });
});

describe('roundedLogLikelihood', () => {
  it('sums to 1 over all cells, and a spike counts as its probability', () => {
    let sum = 0;
    for (let i = -2000; i <= 2000; i++)
      sum += Math.exp(roundedLogLikelihood(MIXTURE, i / 100, 0.01));
    expect(sum).toBeCloseTo(1, 4);
    expect(Math.exp(roundedLogLikelihood(MIXTURE, 1, 1e-9))).toBeCloseTo(0.4, 6);
  });

  it('has a least value', () => {
    expect(roundedLogLikelihood([point(0)], 1, 0.1)).toBe(Math.log(LEAST_MASS));
  });
});
