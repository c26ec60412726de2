import { describe, expect, it } from 'vitest';
import { RidgeRegression } from '../../src/util/ridge.ts';
import { createRng } from '../../src/util/rng.ts';

/** Rows of y = [2a - b + 3, b]. */
function regression(rows: number): RidgeRegression {
  const rng = createRng(1);
  const sums = new RidgeRegression(2, 2);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [rng.normal(), rng.normal()];
    sums.add([a, b], [2 * a - b + 3, b]);
  }
  return sums;
}

describe('RidgeRegression', () => {
  it('finds the coefficients and the constant of several targets', () => {
    const found = regression(50).solve(1e-9);
    [2, -1, 3, 0, 1, 0].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
  });

  it('shrinks coefficients, not the constant', () => {
    const [a, b, constant] = regression(2000).solve(1e7);
    expect(Math.abs(a) + Math.abs(b)).toBeLessThan(0.01);
    expect(constant).toBeCloseTo(3, 0);
  });

  it('accepts linearly dependent features, and no rows at all', () => {
    const sums = new RidgeRegression(2, 1);
    for (let i = 0; i < 10; i++) sums.add([i, 2 * i], [i]);
    const [a, b] = sums.solve(1e-6);
    expect(a + 2 * b).toBeCloseTo(1, 4);
    expect([...new RidgeRegression(1, 1).solve(1)]).toEqual([0, 0]);
  });
});
