import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DropoutFactors } from '../../../src/network/dropout-factors.ts';
import { networkGraph } from '../../../src/network/graph.ts';
import { TrainableNetwork } from '../../../src/kernels/reference/trainable-network.ts';
import { closeDevice, openDevice, tensorMemory } from '../../../src/kernels/webgpu/device.ts';
import { GpuNetwork } from '../../../src/kernels/webgpu/gpu-network.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from '../../../src/kernels/webgpu/tuning.ts';
import type { Tuning } from '../../../src/kernels/webgpu/tuning.ts';
import type { TrainingConfig } from '../../../src/model/config.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import { expectClose } from '../reference/numeric.ts';
import { MODELS } from '../../bench/gpu/models.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  softBatch,
  trainingWith,
} from '../../train/problem.ts';

beforeAll(async () => void (await openDevice()));
afterAll(closeDevice);

interface Problem {
  readonly shape: Partial<NetworkShape>;
  readonly training?: Partial<TrainingConfig>;
  readonly tuning?: Partial<Tuning>;
  /** Approximate size of the start weights. */
  readonly size?: number;
}

/** A network on the GPU and the reference in double precision, with the same start weights. */
function openBoth({ shape: partial, training: settings, tuning, size = 0.5 }: Problem) {
  const shape = smallShape(partial);
  const training = trainingWith({ optimizer: { kind: 'sgd', momentum: 0.5 }, ...settings });
  const weights = randomWeights(shape).map((weight) => weight * 2 * size);
  const zeros = new Float32Array(weights.length);
  const start = { weights, first: zeros, second: zeros, updates: 0 };
  const gpu = new GpuNetwork({ shape, training, start, software: true, tuning });
  const reference = new TrainableNetwork({ shape, training, weights: Float64Array.from(weights) });
  return { shape, training, gpu, reference };
}

/** Errors in single precision. */
const CLOSE = { relative: 1e-3, absolute: 2e-5 };

/** Gradients without dropout, and two updates with it, are those of the reference. */
async function expectSame(problem: Problem): Promise<void> {
  const { shape, training, gpu, reference } = openBoth(problem);
  const batch = randomBatch(shape, { batchSize: 6, windowLength: 4 });
  expectClose(await gpu.gradients(batch), reference.gradients(batch), CLOSE);
  const factors = new DropoutFactors(networkGraph(shape), {
    rate: training.dropout,
    seed: training.seed,
  });
  for (let i = 0; i < 2; i++) {
    const next = randomBatch(shape, { batchSize: 5, windowLength: 3 + i, seed: i });
    gpu.step(next, { learningRate: 0.05, dropout: factors.draw(5 * (3 + i)) });
    reference.step(next, 0.05);
  }
  const { snapshot } = await gpu.snapshot();
  expectClose(snapshot.weights, reference.weights, { relative: 1e-3, absolute: 5e-5 });
  gpu.dispose();
}

/** The tuning for graphics cards with less code, as the software adapter needs seconds to compile it all. */
const SMALL: Tuning = { ...GPU_TUNING, rows: 2, columns: 2, lanes: 8, slices: 2 };
const DIVISIONS: readonly [string, Partial<Tuning>][] = [
  ['by GPU lanes', SMALL],
  ['by GPU lanes, tiled', { ...SMALL, maxLanes: 2, recurrentRows: 2 }],
  ['by simulated lanes, tiled', { ...SOFTWARE_TUNING, maxLanes: 2, lanes: 2, columns: 2, rows: 4 }],
];
describe.each(['lstm', 'gru'] as const)('%s programs', (cell) => {
  it.each(DIVISIONS)('divided %s give the numbers of the reference', async (_, tuning) => {
    await expectSame({
      shape: expertShape({ cell, layers: 2, feedForward: 9 }),
      training: { dropout: 0.3, l1: 1e-3, l2: 1e-2, clipNorm: 0.4, seed: 3 },
      tuning,
    });
  });

  it('tuned for graphics cards have the gradients of the reference', async () => {
    const { shape, gpu, reference } = openBoth({
      shape: { cell, units: 9, embeddings: [] },
      tuning: GPU_TUNING,
    });
    const batch = randomBatch(shape, { batchSize: 6, windowLength: 4 });
    expectClose(await gpu.gradients(batch), reference.gradients(batch), CLOSE);
    gpu.dispose();
  });
});

describe('layers of', () => {
  // Small weights, as the gates would be saturated by so many.
  const wide = (cell: 'lstm' | 'gru', units: number): Problem => ({
    shape: { cell, units, embeddings: [] },
    size: 1 / Math.sqrt(units),
  });

  it('64 units give the numbers of the reference', () => expectSame(wide('lstm', 64)));

  it.each([
    [256, wide('lstm', 256)],
    [255, wide('gru', 255)],
    ['300, more than lanes,', { ...wide('lstm', 300), tuning: { ...SMALL, recurrentRows: 1 } }],
  ] as const)('%s units have the gradients of the reference', async (_, problem) => {
    const { shape, gpu, reference } = openBoth(problem);
    const batch = randomBatch(shape, { batchSize: 3, windowLength: 4 });
    expectClose(await gpu.gradients(batch), reference.gradients(batch), CLOSE);
    gpu.dispose();
  });
});

describe('dispatches of an update', () => {
  const original = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  let count = 0;
  beforeAll(() => {
    GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...sizes) {
      count++;
      original.apply(this, sizes);
    };
  });
  afterAll(() => {
    GPUComputePassEncoder.prototype.dispatchWorkgroups = original;
  });

  it.each<[string, number, NetworkShape]>([
    // With all features: embeddings, three heads, dropout, penalties and clipping.
    ['a network', 10, smallShape()],
    ['the default population model', 20, MODELS.population.shape],
  ])('of %s are %d, however many time steps', async (_, expected, network) => {
    const { shape, training, gpu } = openBoth({
      shape: network,
      training: { dropout: 0.2, l1: 1e-4, l2: 1e-4, clipNorm: 1 },
    });
    const factors = new DropoutFactors(networkGraph(shape), { rate: training.dropout, seed: 1 });
    const counts = [2, 16, 16].map((windowLength) => {
      count = 0;
      const batch = randomBatch(shape, { batchSize: 3, windowLength });
      gpu.step(batch, { learningRate: 0.01, dropout: factors.draw(3 * windowLength) });
      return count;
    });
    expect(counts).toEqual([expected, expected, expected]);
    await gpu.snapshot();
    gpu.dispose();
  });
});

it('the default population model has the gradients of the reference', async () => {
  const { shape, gpu, reference } = openBoth({ shape: MODELS.population.shape, size: 0.05 });
  const batch = softBatch(shape, { batchSize: 6, windowLength: 4 });
  expectClose(await gpu.gradients(batch), reference.gradients(batch), CLOSE);
  gpu.dispose();
});

describe('GPU memory', () => {
  it('stays the same over 200 updates', async () => {
    const { shape, gpu } = openBoth({
      shape: { units: 2, embeddings: [], features: 2, timeBins: 0, values: 0 },
      training: { dropout: 0.2, clipNorm: 1 },
    });
    const factors = new DropoutFactors(networkGraph(shape), { rate: 0.2, seed: 1 });
    const batch = randomBatch(shape, { batchSize: 2, windowLength: 2 });
    const run = async (updates: number): Promise<void> => {
      for (let i = 1; i <= updates; i++) {
        gpu.step(batch, { learningRate: 0.01, dropout: factors.draw(4) });
        if (i % 50 === 0) await gpu.snapshot();
      }
    };
    await run(50);
    const before = tensorMemory();
    await run(200);
    expect(tensorMemory()).toEqual(before);
    gpu.dispose();
    expect(tensorMemory().tensors).toBe(0);
  });
});
