import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample } from '../../src/util/resample.ts';
import { createRng } from '../../src/util/rng.ts';

const total = (kept: readonly { readonly weight: number }[]): number =>
  kept.reduce((sum, { weight }) => sum + weight, 0);

describe('resample', () => {
  it('keeps the sum of the weights and the heavy items, and chooses nothing twice', () => {
    const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 40 }), fc.nat(), (list, count, seed) => {
        fc.pre(list.some((weight) => weight > 0));
        fc.pre(list.every((weight) => !Number.isNaN(weight)));
        const sum = list.reduce((a, b) => a + b);
        const kept = resample(Float64Array.from(list), count, createRng(seed));
        const positive = list.filter((weight) => weight > 0).length;
        expect(kept).toHaveLength(Math.min(count, positive));
        expect(total(kept)).toBeCloseTo(sum, 6);
        expect(new Set(kept.map(({ index }) => index)).size).toBe(kept.length);
        const least = Math.min(...kept.map(({ weight }) => weight));
        for (const { index, weight } of kept) {
          expect(list[index]).toBeGreaterThan(0);
          // No item loses weight, and those that gain weight end at the threshold.
          expect(weight).toBeGreaterThanOrEqual(list[index] - 1e-9);
          if (weight > list[index] + 1e-9 && positive > count) expect(weight).toBeCloseTo(least, 9);
        }
      }),
    );
  });

  it('is unbiased', () => {
    const weights = Float64Array.of(0.5, 0.2, 0.1, 0.1, 0.06, 0.04);
    const sums = new Float64Array(weights.length);
    const rng = createRng(3);
    const rounds = 20_000;
    for (let round = 0; round < rounds; round++)
      for (const { index, weight } of resample(weights, 3, rng)) sums[index] += weight / rounds;
    sums.forEach((mean, i) => expect(mean).toBeCloseTo(weights[i], 2));
    expect(sums[0]).toBeCloseTo(0.5, 9);
  });
});
