import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSeries, unpackSeries } from '../../src/model/pack-series.ts';
import { ForesightError } from '../../src/util/error.ts';
import { createRng } from '../../src/util/rng.ts';

const wrong = (what: string): never => {
  throw new ForesightError('corrupt-file', what);
};

const sizes = (all: readonly Uint16Array[]) => ({ series: all.length, rows: all[0].length });

const anySeries = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(30)).chain(([series, rows]) =>
  fc.array(
    fc
      .nat(6)
      .chain((kind) =>
        fc.uint16Array({ minLength: rows, maxLength: rows, max: kind ? kind : 65535 }),
      ),
    { minLength: series, maxLength: series },
  ),
);

describe('packed series', () => {
  it('come back as they were, and give the same bytes again', () => {
    fc.assert(
      fc.property(anySeries, (all) => {
        const packed = packSeries(all);
        const read = unpackSeries(packed, sizes(all), wrong);
        expect(read).toEqual(all);
        expect(packSeries(read)).toEqual(packed);
      }),
      { numRuns: 300 },
    );
  });

  it('take few bits where they can be derived from each other', () => {
    const rng = createRng(1);
    const fine = Uint16Array.from({ length: 4000 }, () => rng.int(32));
    const coarse = fine.map((symbol) => symbol >> 3);
    const before = fine.map((_, row) => (row ? fine[row - 1] : 7));
    const { bytes, order } = packSeries([before, coarse, fine]);
    // 5 bits for each row of one of them; the others are derived, with an exception or two.
    expect(bytes.length).toBeLessThan((4000 * 5) / 8 + 60);
    expect(order.filter(({ from }) => from)).toHaveLength(2);
  });

  it('of any bytes are read, or refused with ForesightError', () => {
    const rng = createRng(2);
    const all = [0, 1, 2].map(() => Uint16Array.from({ length: 50 }, () => rng.int(5)));
    all[1] = all[0].map((symbol) => symbol >> 1);
    const { order, bytes } = packSeries(all);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(2), fc.nat(60), (noise, last, rows) => {
        for (const one of [noise, bytes.slice(0, noise.length)])
          try {
            unpackSeries(
              { order: order.slice(0, last + 1), bytes: one },
              { series: 3, rows },
              wrong,
            );
          } catch (error) {
            expect(error).toBeInstanceOf(ForesightError);
          }
      }),
    );
    const huge = { series: 3, rows: 1e15 };
    expect(() => unpackSeries({ order, bytes }, huge, wrong)).toThrow(/end too early/);
    expect(() => unpackSeries({ order: [order[0], order[0]], bytes }, sizes(all), wrong)).toThrow(
      ForesightError,
    );
  });
});
