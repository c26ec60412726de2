import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterEach, expect, it } from 'vitest';
import { closeDevice, openDevice, tensorMemory } from '../../../src/kernels/webgpu/device.ts';

afterEach(closeDevice);

const gpu = (): GPUDevice => (tf.backend() as WebGPUBackend).device;
const never = new Promise<never>(() => {});

it('opens one device for all callers', async () => {
  const [a, b] = await Promise.all([openDevice(), openDevice()]);
  expect(a).toBe(b);
  expect(await openDevice()).toBe(a);
  expect(tf.getBackend()).toBe('webgpu');
});

it('rejects guarded work when the device is lost, and opens a new one next', async () => {
  const device = await openDevice();
  const before = tensorMemory().tensors;
  const lost = tf.ones([8]);
  expect(tensorMemory().tensors).toBe(before + 1);
  const work = device.guard(never);
  gpu().destroy();
  await expect(work).rejects.toThrow('the GPU device was lost');
  expect(device.failure).not.toBeNull();
  await expect(device.guard(Promise.resolve(1))).rejects.toThrow('lost');

  const fresh = await openDevice();
  expect(fresh).not.toBe(device);
  const sum = tf.tidy(() => tf.sum(tf.ones([8])));
  expect([...(await fresh.guard(sum.data()))]).toEqual([8]);
  lost.dispose();
  sum.dispose();
  expect(tensorMemory().tensors).toBe(before);
});

it('rejects guarded work when WebGPU refuses an operation', async () => {
  const device = await openDevice();
  const work = device.guard(never);
  // WebGPU forbids both usages together.
  gpu().createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
  // Errors arrive with the next work that someone awaits.
  void gpu().queue.onSubmittedWorkDone();
  await expect(work).rejects.toThrow('the GPU refused an operation');
});

it('frees all memory when closed', async () => {
  await openDevice();
  // Other tests in this page may hold tensors.
  const before = tensorMemory();
  const tensor = tf.tidy(() => tf.add(tf.ones([64]), 1));
  expect(tensorMemory().tensors).toBe(before.tensors + 1);
  expect(tensorMemory().bytes).toBeGreaterThanOrEqual(before.bytes + 256);
  tensor.dispose();
  expect(tensorMemory().tensors).toBe(before.tensors);
  closeDevice();
  expect(tensorMemory()).toEqual({ tensors: before.tensors, bytes: 0 });
  closeDevice();
});
