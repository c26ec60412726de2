import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../src/evaluate/bootstrap.ts';
import { createRng } from '../../src/util/rng.ts';

describe('bootstrapInterval', () => {
  it('finds the interval of normal theory for normally distributed data', () => {
    const rng = createRng(4);
    const values = Array.from({ length: 100 }, () => 3 + 2 * rng.normal());
    const mean = values.reduce((a, b) => a + b) / 100;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 100);
    const interval = bootstrapInterval(values.map((sum) => ({ sum, count: 1 })));
    // 1.96 standard errors to each side.
    const half = (1.96 * deviation) / 10;
    expect(interval.mean).toBeCloseTo(mean, 12);
    expect(Math.abs(interval.low - (mean - half))).toBeLessThan(0.05);
    expect(Math.abs(interval.high - (mean + half))).toBeLessThan(0.05);
  });

  it('finds the only three possible means of two sessions', () => {
    // Drawn twice: both the first (1/4), both the second (1/4), or one each.
    const sessions = [
      { sum: 10, count: 10 },
      { sum: 90, count: 30 },
    ];
    expect(bootstrapInterval(sessions)).toEqual({ mean: 2.5, low: 1, high: 3 });
    expect(bootstrapInterval(sessions, { level: 0.2 })).toEqual({ mean: 2.5, low: 2.5, high: 2.5 });
  });

  it('contains the mean of the population about as often as its level promises', () => {
    const rng = createRng(8);
    let held = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sessions = Array.from({ length: 30 }, () => ({ sum: rng.normal(), count: 1 }));
      const { low, high } = bootstrapInterval(sessions, { resamples: 400, seed: trial });
      if (low <= 0 && high >= 0) held++;
    }
    expect(held).toBeGreaterThan(175);
    expect(held).toBeLessThan(200);
  });

  it('weighs sessions by their number of values, and draws whole sessions', () => {
    const equal = Array.from({ length: 6 }, (_, i) => ({ sum: 2 * (i + 1), count: i + 1 }));
    expect(bootstrapInterval(equal)).toEqual({ mean: 2, low: 2, high: 2 });
  });

  it('gives the same for the same seed, and almost the same for another', () => {
    const sessions = Array.from({ length: 12 }, (_, i) => ({ sum: (i * 7) % 5, count: 2 }));
    const first = bootstrapInterval(sessions);
    expect(bootstrapInterval(sessions, { seed: 1 })).toEqual(first);
    const other = bootstrapInterval(sessions, { seed: 2 });
    expect(other.low).toBeCloseTo(first.low, 0);
  });

  it('gives no interval for one session, and no mean without any', () => {
    const one = [
      { sum: 3, count: 2 },
      { sum: 0, count: 0 },
    ];
    expect(bootstrapInterval(one)).toEqual({ mean: 1.5, low: NaN, high: NaN });
    expect(bootstrapInterval([]).mean).toBeNaN();
  });
});
