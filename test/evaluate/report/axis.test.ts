import { describe, expect, it } from 'vitest';
import { createAxis } from '../../../src/evaluate/report/axis.ts';

describe('createAxis', () => {
  it('ends at round values around the data', () => {
    const axis = createAxis([1.42, 2.04, NaN], { from: 200, to: 0 });
    expect([axis.low, axis.high]).toEqual([expect.closeTo(1.4, 9), expect.closeTo(2.2, 9)]);
    expect(axis.ticks.map((tick) => tick.toFixed(axis.digits))).toEqual([
      '1.4',
      '1.6',
      '1.8',
      '2.0',
      '2.2',
    ]);
    expect(axis.at(axis.low)).toBeCloseTo(200, 9);
    expect(axis.at(axis.high)).toBeCloseTo(0, 9);
  });

  it('keeps the ends it is given', () => {
    const { low, high, ticks, digits } = createAxis([], { from: 0, to: 1, range: [0, 1] });
    expect([low, high, digits]).toEqual([0, 1, 1]);
    expect(ticks).toHaveLength(6);
  });

  it.each([[[]], [[0]], [[-3, -3]], [[1e-9, 2e-9]], [[-1e7, 3e8]], [[NaN]]])(
    'is sound for %j',
    (values) => {
      const { low, high, ticks, digits, at } = createAxis(values, { from: 0, to: 100 });
      expect(high).toBeGreaterThan(low);
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(9);
      expect(digits).toBeGreaterThanOrEqual(0);
      for (const value of values.filter(Number.isFinite)) {
        expect(at(value)).toBeGreaterThanOrEqual(-1e-6);
        expect(at(value)).toBeLessThanOrEqual(100 + 1e-6);
      }
    },
  );
});
