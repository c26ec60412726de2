import { describe, expect, it } from 'vitest';
import { Packer } from '../../src/network/packing.ts';
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

describe('Packer', () => {
  it('keeps every place up to the last target of its window, the longest windows first', () => {
    const packing = new Packer().pack(
      masked([0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [1, 1, 0, 0]),
    );
    expect(packing.rows).toBe(8);
    expect(packing.steps).toBe(4);
    expect(packing.active.slice(0, 4)).toEqual(Int32Array.from([3, 3, 1, 1]));
    expect(packing.first.slice(0, 4)).toEqual(Int32Array.from([0, 3, 6, 7]));
    expect(packing.places.slice(0, 8)).toEqual(Int32Array.from([4, 0, 12, 5, 1, 13, 6, 7]));
  });

  it('is empty for a batch without targets or without windows', () => {
    const packer = new Packer();
    expect(packer.pack(masked([0, 0], [0, 0]))).toMatchObject({ rows: 0, steps: 0 });
    expect(packer.pack(masked())).toMatchObject({ rows: 0, steps: 0 });
  });

  it('takes batches of all sizes', () => {
    const packer = new Packer();
    for (const length of [3, 7, 2]) {
      const row = Array<number>(length).fill(1);
      expect(packer.pack(masked(row, row)).rows).toBe(2 * length);
    }
  });
});
