import { expect, it } from 'vitest';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import type { CreateBackend } from '../../src/train/backend.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { timeBackend, timeEngines } from '../../src/train/time-backend.ts';
import type { Workload } from '../../src/train/time-backend.ts';
import { smallShape } from './problem.ts';

const WORKLOAD: Workload = {
  shape: smallShape(),
  training: { ...TRAINING_DEFAULTS, batchSize: 3, windowLength: 5 },
};

it('makes updates on batches of the given size, and disposes the engine', async () => {
  const sizes = new Set<string>();
  let [updates, disposed] = [0, 0];
  const create: CreateBackend = async (options) => {
    const backend = await createCpuBackend(options);
    return Object.assign(Object.create(backend), {
      step: async (...[batch, rate]: Parameters<typeof backend.step>) => {
        updates++;
        sizes.add(`${batch.batchSize}x${batch.windowLength}x${batch.featureCount}`);
        await backend.step(batch, rate);
      },
      losses: () => backend.losses(),
      dispose: () => {
        disposed++;
        backend.dispose();
      },
    });
  };
  expect(await timeBackend(create, WORKLOAD)).toBeGreaterThan(0);
  expect([...sizes]).toEqual(['3x5x12']);
  expect(updates).toBeGreaterThan(3);
  expect(disposed).toBe(1);
});

it('puts the fastest engine first, and one that fails last', async () => {
  const fails: CreateBackend = async () => Promise.reject(new Error('lost'));
  const slow: CreateBackend = async (options) => createCpuBackend(options);
  const timings = await timeEngines(
    [
      { engine: 'webgpu', createBackend: fails },
      { engine: 'cpu', createBackend: slow },
      { engine: 'wasm', createBackend: createCpuBackend },
    ],
    WORKLOAD,
    async (create) => {
      if (create === fails) throw new Error('lost');
      return create === slow ? 20 : 3;
    },
  );
  expect(timings).toEqual([
    { engine: 'wasm', msPerBatch: 3 },
    { engine: 'cpu', msPerBatch: 20 },
    { engine: 'webgpu', msPerBatch: Infinity },
  ]);
});
