import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOAT16_MAX, fromFloat16, toFloat16 } from '../../src/model/float16.ts';

const nearest = (value: number): number => fromFloat16(toFloat16(value));

describe('half-precision numbers', () => {
  it('are those of IEEE 754', () => {
    expect(
      [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3c00, 0xc000, 0x7bff, 0xfc00].map(
        fromFloat16,
      ),
    ).toEqual([
      0,
      -0,
      2 ** -24,
      6.097555160522461e-5,
      2 ** -14,
      0.333251953125,
      1,
      -2,
      FLOAT16_MAX,
      -Infinity,
    ]);
    expect(fromFloat16(0x7e01)).toBeNaN();
  });

  it('come back from their numbers, all 65,536 of them except kinds of NaN', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromFloat16(bits);
      if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).toBeNaN();
      else if (toFloat16(value) !== bits) expect(toFloat16(value)).toBe(bits);
    }
  });

  it('round to the nearest, of two to the even one, and overflow from 65520 on', () => {
    expect(nearest(1 + 2 ** -11)).toBe(1);
    expect(nearest(1 + 3 * 2 ** -11)).toBe(1 + 2 ** -9);
    expect(nearest(2 ** -25)).toBe(0);
    expect(nearest(1.5 * 2 ** -24)).toBe(2 ** -23);
    expect(nearest(2047.5 * 2 ** -25)).toBe(2 ** -14);
    expect(nearest(65519.99)).toBe(FLOAT16_MAX);
    expect(nearest(65520)).toBe(Infinity);
    expect(nearest(-1e9)).toBe(-Infinity);
    expect(nearest(NaN)).toBeNaN();
  });

  it('are off by half a unit in the last place at most', () => {
    fc.assert(
      fc.property(fc.float({ min: -FLOAT16_MAX, max: FLOAT16_MAX, noNaN: true }), (value) => {
        const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1)));
        expect(Math.abs(nearest(value) - value)).toBeLessThanOrEqual(2 ** (exponent - 11));
      }),
      { numRuns: 500 },
    );
  });
});
