import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatText } from '../../src/record/float-text.ts';

describe('floatText', () => {
  it.each([
    [Math.fround(0.1), '0.1'],
    [Math.fround(-46.6), '-46.6'],
    [Math.fround(1 / 3), '0.33333334'],
    [2 ** 24, '16777216'],
    [Math.fround(16777217), '16777216'],
    [Math.fround(3.4028234663852886e38), '3.4028235e+38'],
    [2 ** -149, '1e-45'],
    [-0, '-0'],
    [NaN, 'null'],
  ])('writes %s as %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  it('restores every float exactly, with no more digits than needed', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = floatText(value);
        const read = Math.fround(JSON.parse(text) as number);
        expect(Object.is(read, value)).toBe(true);
        const digits = text
          .replace(/e.*/, '')
          .replace(/\D/g, '')
          .replace(/^0+|0+$/g, '').length;
        if (digits > 1 && Math.abs(value) > 2 ** 24)
          expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
      }),
      { numRuns: 1000 },
    );
  });
});
