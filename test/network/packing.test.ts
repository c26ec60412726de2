import { describe, expect, it } from 'vitest';
import { gather, packingOf } from '../../src/network/packing.ts';
import type { WindowBatch } from '../../src/network/packing.ts';

/** A batch of which only the mask matters: one row of it for each window. */
const masked = (...rows: number[][]): WindowBatch => ({
  batchSize: rows.length,
  windowLength: rows[0]?.length ?? 4,
  features: new Float32Array(0),
  actions: new Int32Array(0),
  timeBins: new Int32Array(0),
  values: new Float32Array(0),
  mask: Float32Array.from(rows.flat()),
});

describe('packingOf', () => {
  it('keeps every place up to the last target of its window, the longest windows first', () => {
    const packing = packingOf(masked([0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [1, 1, 0, 0]));
    expect(packing.rows).toBe(8);
    expect(packing.steps).toBe(4);
    expect(packing.active.slice(0, 4)).toEqual(Int32Array.from([3, 3, 1, 1]));
    expect(packing.first.slice(0, 4)).toEqual(Int32Array.from([0, 3, 6, 7]));
    expect(packing.places.slice(0, 8)).toEqual(Int32Array.from([4, 0, 12, 5, 1, 13, 6, 7]));
  });

  it('is empty for a batch without targets or without windows', () => {
    expect(packingOf(masked([0, 0], [0, 0]))).toMatchObject({ rows: 0, steps: 0 });
    expect(packingOf(masked())).toMatchObject({ rows: 0, steps: 0 });
  });

  it('takes batches of all sizes', () => {
    for (const length of [3, 7, 2]) {
      const row = Array<number>(length).fill(1);
      expect(packingOf(masked(row, row)).rows).toBe(2 * length);
    }
  });
});

describe('gather', () => {
  it.each([1, 3, 20])('copies rows of %i numbers in the order of the packing', (width) => {
    const from = Float32Array.from({ length: 4 * width }, (_, i) => i);
    const to = new Float32Array(3 * width + 2);
    gather(from, to, { rows: 3, places: Int32Array.of(2, 0, 3) }, { width, start: 2 });
    const row = (place: number) => from.subarray(place * width, (place + 1) * width);
    expect([...to]).toEqual([0, 0, ...row(2), ...row(0), ...row(3)]);
  });
});
