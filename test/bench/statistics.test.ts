import { describe, expect, it } from 'vitest';
import { median, quantile, ratio, significant } from './statistics.ts';

describe('median and quantile', () => {
  it('do not depend on the order, and leave the values alone', () => {
    const values = [5, 1, 9];
    expect(median(values)).toBe(5);
    expect(values).toEqual([5, 1, 9]);
  });

  it('take the middle between two values', () => {
    expect(median([1, 2, 4, 8])).toBe(3);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([0, 10], 1)).toBe(10);
  });

  it('of no values are no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('ratio', () => {
  it("is the other's time divided by ours", () => {
    expect(ratio(30, 10)).toBe(3);
  });

  it.each([
    [null, 10],
    [10, null],
    [10, 0],
  ])('of %s and %s is null', (others, ours) => {
    expect(ratio(others, ours)).toBeNull();
  });
});

it('rounds to significant digits', () => {
  expect(significant(123.456)).toBe(123.5);
  expect(significant(0.000123456, 2)).toBe(0.00012);
});
