import { expect, it } from 'vitest';
import type { Batch } from '../../src/dataset/batch.ts';
import { dropFields } from '../../src/dataset/drop-fields.ts';
import { createRng } from '../../src/util/rng.ts';

const LAYOUT = {
  width: 6,
  blocks: [
    { name: 'action', kind: 'oneHot', offset: 0, width: 2 },
    { name: 'duration', kind: 'scalar', offset: 2, width: 1 },
    { name: 'distance', kind: 'scalar', offset: 3, width: 1 },
    { name: 'stance', kind: 'oneHot', offset: 4, width: 2 },
  ],
} as const;

const ones = (batchSize: number, windowLength: number): Batch => ({
  batchSize,
  windowLength,
  featureCount: 6,
  valueCount: 0,
  features: new Float32Array(batchSize * windowLength * 6).fill(1),
  actions: new Int32Array(0),
  timeBins: new Int32Array(0),
  values: new Float32Array(0),
  mask: new Float32Array(0),
});

it('drops whole fields of whole windows at the given rate, but never action or duration', () => {
  const batch = ones(400, 3);
  dropFields(batch, LAYOUT, 0.4, createRng(1));
  let dropped = 0;
  for (let b = 0; b < 400; b++) {
    const rows = [0, 1, 2].map((t) =>
      Array.from(batch.features.subarray((b * 3 + t) * 6, (b * 3 + t + 1) * 6)),
    );
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[2]).toEqual(rows[0]);
    expect(rows[0].slice(0, 3)).toEqual([1, 1, 1]);
    expect(rows[0][5]).toBe(rows[0][4]);
    dropped += 2 - rows[0][3] - rows[0][4];
  }
  expect(dropped / 800).toBeGreaterThan(0.34);
  expect(dropped / 800).toBeLessThan(0.46);
});
