import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitKnots, pieceCount, writePieces } from '../../src/dataset/piecewise.ts';

const sorted = (...values: number[]): Float64Array => Float64Array.from(values).sort();

const encoded = (knots: readonly number[], value: number): number[] => {
  const out = new Float32Array(pieceCount(knots));
  expect(writePieces(knots, value, out, 0)).toBe(out.length);
  return [...out];
};

const anyValues = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 })
  .map((values) => sorted(...values));

describe('fitKnots', () => {
  it('cuts values into equally full pieces', () => {
    expect(fitKnots(sorted(0, 1, 2, 3, 4, 5, 6, 7, 8), 4)).toEqual([0, 2, 4, 6, 8]);
  });

  it('gives a common value a separate knot, and divides the others into the pieces', () => {
    expect(fitKnots(sorted(0, 0, 0, 0, 0, 10, 20, 30), 2)).toEqual([0, 10, 20, 30]);
  });

  it('gives none where all values are equal, or no pieces are asked for', () => {
    expect(fitKnots(sorted(), 4)).toEqual([]);
    expect(fitKnots(sorted(3, 3, 3), 4)).toEqual([]);
    expect(fitKnots(sorted(1, 2, 3), 0)).toEqual([]);
  });

  it('gives finite, ascending knots within the values, with at most one additional piece', () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 1, max: 20 }), (values, pieces) => {
        const knots = fitKnots(values, pieces);
        expect(pieceCount(knots)).toBeLessThanOrEqual(pieces + 1);
        knots.forEach((knot, i) => {
          expect(knot).toBeGreaterThanOrEqual(values[0]);
          expect(knot).toBeLessThanOrEqual(values[values.length - 1]);
          if (i) expect(knot).toBeGreaterThan(knots[i - 1]);
        });
      }),
    );
  });
});

describe('writePieces', () => {
  it('fills piece after piece', () => {
    const knots = [0, 1, 3, 4];
    expect(encoded(knots, -5)).toEqual([0, 0, 0]);
    expect(encoded(knots, 0.25)).toEqual([0.25, 0, 0]);
    expect(encoded(knots, 2)).toEqual([1, 0.5, 0]);
    expect(encoded(knots, 9)).toEqual([1, 1, 1]);
  });

  it('writes only its own columns, at the given index', () => {
    const out = new Float32Array([7, 7, 7, 7]);
    expect(writePieces([0, 1, 2], 2, out, 1)).toBe(3);
    expect([...out]).toEqual([7, 1, 1, 7]);
  });

  it('has no columns without knots', () => {
    expect(pieceCount(undefined)).toBe(0);
    expect(encoded([], 1)).toEqual([]);
  });

  it('loses nothing between the first and the last knot: the pieces add up to the value', () => {
    fc.assert(
      fc.property(anyValues, fc.double({ min: 0, max: 1, noNaN: true }), (values, way) => {
        const knots = fitKnots(values, 5);
        fc.pre(knots.length > 1);
        const value = knots[0] + way * (knots[knots.length - 1] - knots[0]);
        const sum = encoded(knots, value).reduce(
          (total, piece, i) => total + piece * (knots[i + 1] - knots[i]),
          knots[0],
        );
        expect(sum).toBeCloseTo(value, -1);
      }),
    );
  });
});
