import { expect, it } from 'vitest';
import { growthOf } from './growth.ts';

const pointsOf = (times: readonly (readonly [number, number])[]) =>
  times.map(([size, ms]) => ({ size, ms, usPerUnit: (1000 * ms) / size }));

it('growthOf finds time in proportion to the size linear', () => {
  expect(
    growthOf(
      pointsOf([
        [8, 16],
        [16, 32],
        [64, 128],
      ]),
    ),
  ).toEqual({ linearity: 1, exponent: 1 });
});

it('growthOf finds the power, and what a unit costs more', () => {
  expect(
    growthOf(
      pointsOf([
        [1, 1],
        [2, 4],
        [4, 16],
      ]),
    ),
  ).toEqual({ linearity: 4, exponent: 2 });
});

it('growthOf needs two points', () => {
  expect(growthOf(pointsOf([[1, 1]]))).toEqual({ linearity: null, exponent: null });
});
