import { afterAll, describe, expect, it } from 'vitest';
import { SplitBackend, splitBackends } from '../../src/threads/split-backend.ts';
import { ThreadPool } from '../../src/threads/thread-pool.ts';
import { describeBackend } from '../train/backend-cases.ts';
import { expertShape, randomBatch, randomWeights, trainingWith } from '../train/problem.ts';

const pool = new ThreadPool(3);
afterAll(() => pool.dispose());

describeBackend(
  'split over three threads',
  (options) => SplitBackend.open(options, { pool, parts: 3 }),
  { ownDropout: true },
);

const shape = expertShape({ feedForward: 6 });
const options = { shape, training: trainingWith({ dropout: 0.4 }), weights: randomWeights(shape) };

async function trained(parts: number): Promise<Float32Array> {
  const backend = await SplitBackend.open(options, { pool, parts });
  // The last batch has fewer windows than there are parts.
  for (const batchSize of [5, 4, 6, 5, 2])
    await backend.step(randomBatch(shape, { batchSize, seed: batchSize }), 0.02);
  const weights = await backend.weights();
  backend.dispose();
  return weights;
}

describe('SplitBackend', () => {
  it('gives the same weights for the same seed and number of threads', async () => {
    const weights = await trained(3);
    expect(await trained(3)).toEqual(weights);
    expect(await trained(2)).not.toEqual(weights);
  });

  it('takes batches that are made in its memory, as those that are copied', async () => {
    const backend = await SplitBackend.open(options, { pool, parts: 3 });
    for (const batchSize of [5, 4, 6, 5, 2]) {
      const batch = randomBatch(shape, { batchSize, seed: batchSize });
      const arrays = Object.entries(batch).map(([name, value]) => {
        if (!(value instanceof Float32Array || value instanceof Int32Array)) return [name, value];
        const memory = backend.batchMemory(name as keyof typeof batch, value.byteLength);
        const own =
          value instanceof Float32Array
            ? new Float32Array(memory, 0, value.length)
            : new Int32Array(memory, 0, value.length);
        own.set(value);
        return [name, own];
      });
      await backend.step(Object.fromEntries(arrays), 0.02);
    }
    const weights = await backend.weights();
    backend.dispose();
    expect(weights).toEqual(await trained(3));
  });

  it('is used where there is enough to do for threads, on wasm', async () => {
    const much = { pool, steps: 1e9 };
    const engines = [
      splitBackends('auto', much),
      splitBackends('auto', { pool, steps: 1000 }),
      splitBackends('auto', { ...much, pool: new ThreadPool(1) }),
      splitBackends('cpu', much),
    ];
    const isSplit: boolean[] = [];
    for (const create of engines) {
      const backend = await create(options);
      isSplit.push(backend instanceof SplitBackend);
      backend.dispose();
    }
    expect(isSplit).toEqual([true, false, false, false]);
  });
});
