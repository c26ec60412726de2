import { expect } from 'vitest';

/** Central differences of `loss` in each of `values`, which are put back. */
export function numericGradient(values: Float64Array, loss: () => number): Float64Array {
  const step = 1e-5;
  return values.map((value, i) => {
    values[i] = value + step;
    const above = loss();
    values[i] = value - step;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}

export interface Closeness {
  /** Allowed difference relative to the larger of the two. */
  readonly relative: number;
  /** Allowed difference of numbers near zero. */
  readonly absolute: number;
}

/** Every element is close; some are far from zero, for zeros would agree with everything. */
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
      expect.fail(`element ${i} is ${found[i]} in place of ${expected[i]}`);
  }
  expect(largest).toBeGreaterThan(100 * absolute);
}
