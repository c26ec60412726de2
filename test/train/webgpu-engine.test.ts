import { expect, it } from 'vitest';
import type { BackendOptions } from '../../src/train/backend.ts';
import { WebgpuEngine } from '../../src/train/webgpu-engine.ts';
import type { WebgpuKernels } from '../../src/train/webgpu-kernels.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import { ForesightError } from '../../src/util/error.ts';

const OPTIONS: BackendOptions = {
  shape: {
    cell: 'lstm',
    layers: 1,
    units: 2,
    features: 2,
    embeddings: [],
    actions: 2,
    timeBins: 0,
    values: 0,
  },
  training: TRAINING_DEFAULTS,
  weights: new Float32Array(1),
};

/** Kernels that give no device, for this reason. */
const refusing = (error: Error): WebgpuKernels =>
  ({
    openDevice: () => Promise.reject(error),
    tensorMemory: () => ({ tensors: 3, bytes: 12 }),
  }) as unknown as WebgpuKernels;

/** As thrown by a file that brings its own copy of the class. */
const foreignError = (): Error =>
  Object.assign(new Error('No adapter. Update the browser.'), {
    name: 'ForesightError',
    code: 'no-webgpu',
  });

it('imports its kernels when they are first needed, once', async () => {
  let imports = 0;
  const engine = new WebgpuEngine(async () => {
    imports++;
    return refusing(foreignError());
  });
  expect(await engine.memory()).toEqual({ tensors: 0, bytes: 0 });
  expect(imports).toBe(0);
  for (let i = 0; i < 2; i++) await engine.createBackend(OPTIONS).catch(() => {});
  expect(imports).toBe(1);
  expect(await engine.memory()).toEqual({ tensors: 3, bytes: 12 });
});

it('does not import them again when that failed', async () => {
  let imports = 0;
  const engine = new WebgpuEngine(() => {
    imports++;
    return Promise.reject(new Error('offline'));
  });
  for (let i = 0; i < 2; i++)
    await expect(engine.createBackend(OPTIONS)).rejects.toThrow('offline');
  expect(imports).toBe(1);
  expect(await engine.memory()).toEqual({ tensors: 0, bytes: 0 });
});

it('makes an error of kernels from another file one of ours, which the fallback knows', async () => {
  const engine = new WebgpuEngine(async () => refusing(foreignError()));
  const error: unknown = await engine.createBackend(OPTIONS).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ForesightError);
  expect(error).toMatchObject({ code: 'no-webgpu', message: 'No adapter. Update the browser.' });
});

it('leaves other errors as they are', async () => {
  const broken = new TypeError('broken');
  await expect(new WebgpuEngine(async () => refusing(broken)).createBackend(OPTIONS)).rejects.toBe(
    broken,
  );
});
