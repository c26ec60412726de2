import { expect, it } from 'vitest';
import { growthOf } from './growth.ts';

const pointsOf = (times: readonly (readonly [number, number])[]) =>
  times.map(([size, ms]) => ({ size, ms, usPerUnit: (1000 * ms) / size }));

it('growthOf reports time in proportion to the size as linear', () => {
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

it('growthOf finds the power, and how much more a unit costs', () => {
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
