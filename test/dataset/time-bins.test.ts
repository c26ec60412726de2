import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTimeEdges, medianTicks, ticksInBin, timeBin } from '../../src/dataset/time-bins.ts';

describe('timeBin', () => {
  it('is the first bin whose edge is not below the duration', () => {
    const edges = [2, 5, 9];
    expect([0, 1, 2, 3, 5, 6, 9, 10, 1000].map((ticks) => timeBin(edges, ticks))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it('is 0 without edges', () => expect(timeBin([], 7)).toBe(0));
});

describe('ticksInBin', () => {
  it('is a duration of the given bin', () => {
    const edges = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 });
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(edges, fc.nat(), share, (list, pick, at) => {
        const sorted = list.sort((a, b) => a - b);
        const bin = pick % (sorted.length + 1);
        const ticks = ticksInBin(sorted, bin, at);
        expect(Number.isInteger(ticks)).toBe(true);
        expect(timeBin(sorted, ticks)).toBe(bin);
      }),
    );
  });

  it('reaches both ends', () => {
    expect([0, 0.999].map((share) => ticksInBin([4, 9], 1, share))).toEqual([5, 9]);
    expect([0, 0.999].map((share) => ticksInBin([4, 9], 2, share))).toEqual([10, 18]);
    expect(ticksInBin([0, 9], 0, 0.5)).toBe(0);
  });
});

describe('medianTicks', () => {
  it('is the tick of a bin that holds only one', () => {
    expect(medianTicks([1, 2, 3], [0, 0, 1, 0])).toBe(3);
    expect(medianTicks([6], [1, 0])).toBeLessThanOrEqual(6);
  });

  it('is interpolated linearly within a wide bin', () => {
    // A quarter below 10, half in 11..30: the median is half way.
    expect(medianTicks([10, 30], [0.25, 0.5, 0.25])).toBe(20);
  });

  it('assumes that the last bin ends at twice its beginning', () => {
    expect(medianTicks([10], [0, 1])).toBe(15);
  });

  it('is NaN without bins', () => {
    expect(medianTicks([], [])).toBeNaN();
    expect(medianTicks([3], [1])).toBeNaN();
  });

  it('lies in the bin where the probabilities reach one half', () => {
    const edges = [0, 1, 2, 4, 9, 20, 50];
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: edges.length + 1,
      maxLength: edges.length + 1,
    });
    fc.assert(
      fc.property(weights, (all) => {
        const sum = all.reduce((a, b) => a + b, 0);
        fc.pre(sum > 1e-6);
        const probabilities = all.map((weight) => weight / sum);
        const bin = timeBin(edges, medianTicks(edges, probabilities));
        const before = probabilities.slice(0, bin).reduce((a, b) => a + b, 0);
        expect(before).toBeLessThan(0.5 + 1e-9);
        expect(before + probabilities[bin]).toBeGreaterThan(0.5 - 1e-9);
      }),
    );
  });
});

describe('fitTimeEdges', () => {
  it('omits the bins that repeated durations would leave empty', () => {
    expect(fitTimeEdges([4, 4, 4, 4, 4, 4, 9, 12], 4)).toEqual([4]);
    expect(fitTimeEdges([4, 4, 4, 8, 8, 8, 9, 12], 4)).toEqual([4, 8]);
  });

  it('has no bins where all durations are equal, as in a game of rounds', () => {
    expect(fitTimeEdges([1, 1, 1, 1], 16)).toEqual([]);
    expect(fitTimeEdges([1, 1, 1, 2], 16)).toEqual([1, 2]);
    expect(fitTimeEdges([], 16)).toEqual([]);
  });
});
