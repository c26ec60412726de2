import { describe, expect, it } from 'vitest';
import { RecursiveLeastSquares } from '../../src/util/recursive-least-squares.ts';
import { RidgeRegression } from '../../src/util/ridge.ts';
import { createRng } from '../../src/util/rng.ts';

const rng = createRng(1);
const ROWS = Array.from({ length: 300 }, () => {
  const [a, b] = [rng.normal(), rng.normal()];
  return { x: [a, b, 1], y: [2 * a - b + 3 + 0.1 * rng.normal(), b] };
});

/** A path that continues the regression on the first rows. */
function begin(rows: number, memory = 1): RecursiveLeastSquares {
  const sums = new RidgeRegression(2, 2);
  for (const { x, y } of ROWS.slice(0, rows)) sums.add(x.slice(0, 2), y);
  const packed = sums.covarianceRoot(1);
  const root = new Float64Array(9);
  for (let i = 0, at = 0; i < 3; i++) for (let j = i; j < 3; j++) root[i * 3 + j] = packed[at++];
  return new RecursiveLeastSquares({ coefficients: sums.solve(1), root, memory });
}

function learn(path: RecursiveLeastSquares, { x, y }: (typeof ROWS)[number]): void {
  const errors = y.map(
    (value, c) => value - x.reduce((sum, one, i) => sum + one * path.coefficients[c * 3 + i], 0),
  );
  path.learn(x, errors);
}

describe('RecursiveLeastSquares', () => {
  it('ends where a regression on all rows does', () => {
    const path = begin(20);
    for (const row of ROWS.slice(20)) learn(path, row);
    const all = new RidgeRegression(2, 2);
    for (const { x, y } of ROWS) all.add(x.slice(0, 2), y);
    all.solve(1).forEach((value, i) => expect(path.coefficients[i]).toBeCloseTo(value, 8));
  });

  it('follows a law that changes, and stays finite with inputs that never vary', () => {
    const path = begin(20, 0.99);
    for (let i = 0; i < 20_000; i++) learn(path, { x: [0.5, 0.5, 1], y: [1, 2] });
    expect(path.coefficients.every(Number.isFinite)).toBe(true);
    // It forgets one direction of the inputs at a time, so three inputs take three times as long.
    for (let pass = 0; pass < 5; pass++)
      for (const { x, y } of ROWS) learn(path, { x, y: [-y[0], y[1]] });
    [-2, 1, -3].forEach((value, i) => expect(path.coefficients[i]).toBeCloseTo(value, 1));
  });
});
