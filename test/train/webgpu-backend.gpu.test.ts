import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../src/dataset/batch.ts';
import { closeDevice } from '../../src/kernels/webgpu/device.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import type { BackendOptions, TrainingBackend } from '../../src/train/backend.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { withFallback } from '../../src/train/fallback-backend.ts';
import { checkGradients } from '../../src/train/known-answer.ts';
import { createWasmBackend } from '../../src/train/wasm-backend.ts';
import { WebgpuEngine } from '../../src/train/webgpu-engine.ts';
import { importWebgpuKernels } from '../../src/train/webgpu-kernels.ts';
import { createRng } from '../../src/util/rng.ts';
import { describeBackend, lossesOfStep } from './backend-cases.ts';
import { MODELS } from '../bench/gpu/models.ts';
import { expertShape, randomBatch, trainingWith } from './problem.ts';

const engine = new WebgpuEngine(importWebgpuKernels);
const { createBackend: createWebgpuBackend } = engine;
const webgpuMemory = () => engine.memory();

describeBackend('webgpu', createWebgpuBackend);

const SHAPE: NetworkShape = {
  cell: 'lstm',
  layers: 1,
  units: 6,
  features: 7,
  embeddings: [{ name: 'action', offset: 0, categories: 4, units: 2 }],
  actions: 4,
  timeBins: 3,
  values: 2,
};
/** For tests in which numbers do not matter: a batch takes a third of the time. */
const TINY: NetworkShape = {
  cell: 'gru',
  layers: 1,
  units: 3,
  features: 7,
  embeddings: [],
  actions: 4,
  timeBins: 0,
  values: 0,
};
const RATE = 0.02;

const options = (
  training: Partial<BackendOptions['training']> = {},
  shape = SHAPE,
): BackendOptions => {
  const rng = createRng(4);
  return {
    shape,
    training: { ...TRAINING_DEFAULTS, dropout: 0.2, l1: 1e-4, l2: 1e-3, ...training },
    weights: Float32Array.from(
      { length: parameterLayout(shape).length },
      () => (rng.next() - 0.5) * 0.8,
    ),
  };
};

/** A batch in which the next action follows from the last one. */
function batchOf(seed: number): Batch {
  const rng = createRng(seed);
  const [batchSize, windowLength] = [4, 3];
  const rows = batchSize * windowLength;
  const features = new Float32Array(rows * SHAPE.features);
  const actions = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const last = rng.int(SHAPE.actions);
    features[row * SHAPE.features + last] = 1;
    for (let column = 4; column < SHAPE.features; column++)
      features[row * SHAPE.features + column] = rng.normal();
    actions[row] = (last + 1) % SHAPE.actions;
  }
  return {
    batchSize,
    windowLength,
    featureCount: SHAPE.features,
    valueCount: SHAPE.values,
    features,
    actions,
    timeBins: Int32Array.from({ length: rows }, () => rng.int(SHAPE.timeBins)),
    values: Float32Array.from({ length: rows * SHAPE.values }, () =>
      rng.next() < 0.2 ? NaN : rng.normal(),
    ),
    mask: Float32Array.from({ length: rows }, () => (rng.next() < 0.8 ? 1 : 0)),
  };
}

async function lossCurve(backend: TrainingBackend, from: number, to: number): Promise<number[]> {
  const curve: number[] = [];
  for (let i = from; i < to; i++)
    curve.push((await lossesOfStep(backend, batchOf(i % 4), RATE)).loss);
  return curve;
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  expect(a.length).toBeGreaterThan(0);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

/** Resolves when the loss is known. */
async function destroyDevice(): Promise<void> {
  const { device } = tf.backend() as WebGPUBackend;
  device.destroy();
  await device.lost;
}

const open: TrainingBackend[] = [];
const opened = <T extends TrainingBackend>(backend: T): T => {
  open.push(backend);
  return backend;
};
afterEach(() => {
  for (const backend of open.splice(0)) backend.dispose();
});
afterAll(closeDevice);

describe('webgpu compared with the other engines', () => {
  it.each([undefined, MODELS.population.shape])('passes the known-answer check', async (shape) => {
    expect(await checkGradients(createWebgpuBackend, createCpuBackend, shape)).toBeNull();
  });

  it.each([
    [
      'adam with weight decay',
      200,
      { optimizer: { ...TRAINING_DEFAULTS.optimizer, weightDecay: 0.01 } },
    ],
    ['sgd with momentum', 6, { optimizer: { kind: 'sgd', momentum: 0.9 } }],
  ] as const)('has the same loss curve with %s', async (_, batches, training) => {
    const webgpu = opened(await createWebgpuBackend(options(training as never)));
    const wasm = opened(await createWasmBackend(options(training as never)));
    const [ours, theirs] = [await lossCurve(webgpu, 0, batches), await lossCurve(wasm, 0, batches)];
    expect(worst(ours, theirs)).toBeLessThan(2e-3);
    expect(ours.at(-1)).toBeLessThan(ours[0] * 0.9);
    expect(worst(await webgpu.weights(), await wasm.weights())).toBeLessThan(5e-3);
  });

  it('has the same loss curve with experts, an unaided head and a feed-forward network', async () => {
    const shape = expertShape({ feedForward: 7 });
    const backends = [createWebgpuBackend, createWasmBackend].map((create) =>
      create(options({ lossWeights: trainingWith().lossWeights }, shape)),
    );
    const [ours, theirs] = await Promise.all(
      backends.map(async (opening) => {
        const backend = opened(await opening);
        for (let i = 0; i < 200; i++) await backend.step(randomBatch(shape, { seed: i % 4 }), 5e-3);
        return (await backend.losses()).map(({ loss }) => loss);
      }),
    );
    expect(worst(ours, theirs)).toBeLessThan(2e-3);
    expect(ours.at(-1)).toBeLessThan(ours[0] * 0.9);
  });
});

describe('updates', () => {
  it('are queued, and one readback gives the losses of all', async () => {
    const backend = opened(await createWebgpuBackend(options({}, TINY)));
    const map = GPUBuffer.prototype.mapAsync;
    let reads = 0;
    GPUBuffer.prototype.mapAsync = function (...args) {
      reads++;
      return map.apply(this, args);
    };
    try {
      for (let i = 0; i < 15; i++) await backend.step(batchOf(i), RATE);
      expect(reads).toBe(0);
      expect(await backend.losses()).toHaveLength(15);
      expect(reads).toBe(1);
    } finally {
      GPUBuffer.prototype.mapAsync = map;
    }
  });

  it('keep their losses until they are read', async () => {
    const backend = opened(await createWebgpuBackend(options({ dropout: 0 }, TINY)));
    const twin = opened(await createCpuBackend(options({ dropout: 0 }, TINY)));
    for (let i = 0; i < 70; i++) {
      await backend.step(batchOf(i), RATE);
      await twin.step(batchOf(i), RATE);
    }
    const loss = (all: readonly { loss: number }[]): number[] => all.map((one) => one.loss);
    expect(worst(loss(await backend.losses()), loss(await twin.losses()))).toBeLessThan(2e-3);
  });
});

describe('GPU memory', () => {
  it('stays the same over 50 batches and is free after dispose', async () => {
    const before = await webgpuMemory();
    const backend = await createWebgpuBackend(options({}, TINY));
    await backend.step(batchOf(0), RATE);
    await backend.evaluate(batchOf(0));
    const start = await webgpuMemory();
    expect(start.tensors).toBeGreaterThan(before.tensors);
    for (let i = 0; i < 50; i++) await backend.step(batchOf(i), RATE);
    await backend.evaluate(batchOf(0));
    expect(await webgpuMemory()).toEqual(start);
    backend.dispose();
    expect(await webgpuMemory()).toEqual({ tensors: 0, bytes: 0 });
  });
});

describe('a lost device', () => {
  it('is replaced, and training continues from the last copy', async () => {
    const backend = opened(await createWebgpuBackend(options({ dropout: 0 })));
    const twin = opened(await createCpuBackend(options({ dropout: 0 })));
    await lossCurve(backend, 0, 3);
    await lossCurve(twin, 0, 3);
    // Reading the weights takes a copy of everything, the optimiser's memory included.
    expect(worst(await backend.weights(), await twin.weights())).toBeLessThan(1e-3);
    await destroyDevice();
    expect(worst(await lossCurve(backend, 3, 6), await lossCurve(twin, 3, 6))).toBeLessThan(2e-3);
    expect(worst(await backend.weights(), await twin.weights())).toBeLessThan(5e-3);
  });

  it('is replaced when it is lost in the middle of a batch, which is repeated', async () => {
    const backend = opened(await createWebgpuBackend(options({}, TINY)));
    await backend.step(batchOf(0), RATE);
    await backend.losses();
    const repeated = backend.step(batchOf(1), RATE);
    // Here the loss is known at once; in a browser only when the batch is queued.
    await destroyDevice();
    await repeated;
    expect((await backend.losses()).map(({ loss }) => loss > 0)).toEqual([true]);
    backend.dispose();
    await expect.poll(webgpuMemory, { timeout: 60_000 }).toEqual({ tensors: 0, bytes: 0 });
  });

  it('leaves out the losses of updates that it undid', async () => {
    const backend = opened(await createWebgpuBackend(options({}, TINY)));
    await backend.step(batchOf(0), RATE);
    await backend.losses();
    await backend.step(batchOf(1), RATE);
    await destroyDevice();
    expect(await backend.losses()).toEqual([]);
    await backend.step(batchOf(1), RATE);
    expect((await backend.losses()).map(({ loss }) => loss > 0)).toEqual([true]);
  });

  it('ends in no-webgpu when every new device is lost too, and leaves the last weights', async () => {
    const backend = opened(await createWebgpuBackend(options({}, TINY)));
    await lossCurve(backend, 0, 2);
    const weights = await backend.weights();
    const failing = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        await destroyDevice();
        await backend.step(batchOf(i), RATE);
      }
    };
    await expect(failing()).rejects.toMatchObject({ code: 'no-webgpu' });
    expect(worst(backend.lastWeights(), weights)).toBe(0);
    await expect(backend.weights()).rejects.toMatchObject({ code: 'not-ready' });
  });

  it('is replaced by the cpu when there is no new device', async () => {
    const reasons: string[] = [];
    const create = withFallback(createWebgpuBackend, createCpuBackend, ({ message }) =>
      reasons.push(message),
    );
    const backend = opened(await create(options({ dropout: 0 }, TINY)));
    expect(backend.engine).toBe('webgpu');
    const [before] = await lossCurve(backend, 0, 2);
    const request = GPU.prototype.requestAdapter;
    GPU.prototype.requestAdapter = async () => null;
    try {
      await destroyDevice();
      const curve = await lossCurve(backend, 2, 60);
      expect(curve.at(-1)).toBeLessThan(before * 0.9);
    } finally {
      GPU.prototype.requestAdapter = request;
    }
    expect(backend.engine).toBe('cpu');
    expect(reasons).toHaveLength(1);
  });
});
