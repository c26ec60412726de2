import { expect } from 'vitest';
import type { Parameter } from '../../../src/network/parameters.ts';
import { createRng } from '../../../src/util/rng.ts';
import type { Rng } from '../../../src/util/rng.ts';

/** Step of all differences. */
const STEP = 1e-5;

/** Central differences of `loss` in each of `values`, which keep their values. */
export function numericGradient(values: Float64Array, loss: () => number): Float64Array {
  return values.map((_, i) => slopeAlong(Float64Array.of(1), values.subarray(i, i + 1), loss));
}

/** Central difference of `loss` when `values`, which keep their values, move along `direction`. */
function slopeAlong(direction: Float64Array, values: Float64Array, loss: () => number): number {
  const start = values.slice();
  const lossAt = (step: number): number => {
    values.set(start.map((value, i) => value + step * direction[i]));
    return loss();
  };
  const slope = (lossAt(STEP) - lossAt(-STEP)) / (2 * STEP);
  values.set(start);
  return slope;
}

/** Elements of each parameter that are compared one by one; the direction checks all of them at once. */
const SPOT_CHECKS = 2;

/**
 * Checks the gradient of a loss in flat weights: for each parameter, its slope along a random direction,
 * to which every element contributes, and its slopes in a few elements. Differences in all elements of a
 * network would take ten times as long.
 */
export function expectGradient(
  gradient: Float64Array,
  { parameters, weights, loss }: GradientCheck,
): void {
  const rng = createRng(23);
  const [found, expected]: number[][] = [[], []];
  const compare = (direction: Float64Array, at: number): void => {
    found.push(direction.reduce((sum, part, i) => sum + part * gradient[at + i], 0));
    expected.push(slopeAlong(direction, weights.subarray(at, at + direction.length), loss));
  };
  for (const { offset, length } of parameters) {
    compare(randomDirection(length, rng), offset);
    for (let i = 0; i < SPOT_CHECKS; i++) compare(Float64Array.of(1), offset + rng.int(length));
  }
  expectClose(found, expected);
}

/** About as long as 1. No part is near zero, so that each element counts; all differ, so that swaps show. */
function randomDirection(length: number, rng: Rng): Float64Array {
  return Float64Array.from({ length }, () => {
    const size = (0.5 + rng.next()) / Math.sqrt(length);
    return rng.next() < 0.5 ? -size : size;
  });
}

export interface GradientCheck {
  readonly parameters: readonly Parameter[];
  /** Flat; `loss` reads them. */
  readonly weights: Float64Array;
  readonly loss: () => number;
}

export interface Closeness {
  /** Allowed difference relative to the larger of the two. */
  readonly relative: number;
  /** Allowed difference of numbers near zero. */
  readonly absolute: number;
}

/** Every element is close. At least one is far from zero, as zeros are close to all small numbers. */
export function expectClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute }: Closeness = { relative: 1e-6, absolute: 1e-9 },
): void {
  expect(found.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const size = Math.max(Math.abs(found[i]), Math.abs(expected[i]));
    largest = Math.max(largest, size);
    if (!(Math.abs(found[i] - expected[i]) <= relative * size + absolute))
      expect.fail(`element ${i} is ${found[i]} instead of ${expected[i]}`);
  }
  expect(largest).toBeGreaterThan(100 * absolute);
}
