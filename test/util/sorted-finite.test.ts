import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedFinite } from '../../src/util/sorted-finite.ts';

it('returns every finite value of every column in ascending order, and does not change the columns', () => {
  const columns = [Float32Array.of(3, NaN, -2.5), [Infinity, 0.5, 3], new Int32Array(0)];
  expect([...sortedFinite(columns)]).toEqual([-2.5, 0.5, 3, 3]);
  expect([...columns[0]]).toEqual([3, NaN, -2.5]);
  fc.assert(
    fc.property(fc.array(fc.array(fc.double())), (some) => {
      const kept = some.flat().filter(Number.isFinite);
      expect([...sortedFinite(some)]).toEqual([...Float64Array.from(kept).sort()]);
    }),
  );
});
