import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterAll, expect, it } from 'vitest';
import { closeDevice } from '../../../src/kernels/webgpu/device.ts';
import { createCpuBackend } from '../../../src/train/cpu-backend.ts';
import { checkGradients } from '../../../src/train/known-answer.ts';
import { WebgpuEngine } from '../../../src/train/webgpu-engine.ts';
import { importWebgpuKernels } from '../../../src/train/webgpu-kernels.ts';
import { randomBatch, randomWeights, smallShape, trainingWith } from '../../train/problem.ts';

/** What can differ between a browser and Node, where all other tests of this engine run. */
const engine = new WebgpuEngine(importWebgpuKernels);
afterAll(closeDevice);

it('computes the right gradients', async () => {
  expect(await checkGradients(engine.createBackend, createCpuBackend)).toBeNull();
});

it('replaces a device that is lost in the middle of a batch, and leaves out what it undid', async () => {
  const shape = smallShape({ cell: 'gru', units: 3 });
  const [training, weights] = [trainingWith({}), randomWeights(shape)];
  const backend = await engine.createBackend({ shape, training, weights });
  const batch = randomBatch(shape);
  await backend.step(batch, 0.02);
  await backend.losses();
  const undone = backend.step(batch, 0.02);
  const { device } = tf.backend() as WebGPUBackend;
  device.destroy();
  await undone;
  expect(await backend.losses()).toEqual([]);
  await device.lost;
  await backend.step(batch, 0.02);
  expect((await backend.losses()).map(({ loss }) => loss > 0)).toEqual([true]);
  backend.dispose();
  await expect.poll(() => engine.memory(), { timeout: 60_000 }).toEqual({ tensors: 0, bytes: 0 });
});
