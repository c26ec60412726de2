// A part of @tensorflow/tfjs, which installs it: only this belongs into the worker's file.
import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { ForesightError, messageOf } from '../../util/error.ts';

const BACKEND = 'webgpu';

/** A GPU device with the tfjs backend on it. There is only one, as tfjs has one active backend. */
export interface OpenDevice {
  /** Whether the adapter computes on the CPU. */
  readonly software: boolean;
  /** Why the device can no longer be trusted: it was lost or refused an operation. Else null. */
  readonly failure: Error | null;
  /** Settles like `work`, but rejects as soon as the device fails. */
  guard<T>(work: Promise<T>): Promise<T>;
  /** Marks the device as failed for an error that it did not report itself. The next one opened is new. */
  fail(error: Error): void;
}

let current: { device: OpenDevice; gpu: GPUDevice } | null = null;
let opening: Promise<OpenDevice> | null = null;

/**
 * The device in use, or a new one when there is none or it failed. Tensors do not survive a failed
 * device; dispose them. Throws `no-webgpu` when the browser offers no adapter or no device.
 */
export function openDevice(): Promise<OpenDevice> {
  if (current && !current.device.failure) return Promise.resolve(current.device);
  opening ??= openNew().finally(() => (opening = null));
  return opening;
}

/** Frees all GPU memory. Dispose your tensors first. */
export function closeDevice(): void {
  if (!current) return;
  const { gpu } = current;
  current = null;
  tf.removeBackend(BACKEND);
  gpu.destroy();
}

/** Number of live tensors, and bytes of GPU memory they take. */
export function tensorMemory(): { tensors: number; bytes: number } {
  // tf.memory() would start a backend where there is none.
  const { numTensors } = tf.engine().state;
  const bytes = current ? (tf.backend() as WebGPUBackend).memory().numBytesInGPU : 0;
  return { tensors: numTensors, bytes };
}

async function openNew(): Promise<OpenDevice> {
  closeDevice();
  const gpu = await requestDevice();
  const device = watch(gpu.device, gpu.adapter.info.isFallbackAdapter);
  // The backend that tfjs registers on import gives no access to its adapter and device.
  if (tf.findBackendFactory(BACKEND)) tf.removeBackend(BACKEND);
  // Else tfjs computes small tensors on the CPU, and a check on a small network would not test the GPU.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  tf.registerBackend(BACKEND, () => new WebGPUBackend(gpu.device, gpu.adapter.info));
  if (!(await tf.setBackend(BACKEND)))
    throw new ForesightError(
      'no-webgpu',
      'TensorFlow.js refused its WebGPU backend. Train with engine "cpu", or update the browser.',
    );
  await tf.ready();
  current = { device, gpu: gpu.device };
  return device;
}

async function requestDevice(): Promise<{ adapter: GPUAdapter; device: GPUDevice }> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new ForesightError(
      'no-webgpu',
      'This browser gives no WebGPU adapter. Train with engine "cpu" or "auto", or update browser and graphics driver.',
    );
  try {
    const { limits } = adapter;
    // The limits that tfjs requests too, as its programs use all that the adapter has.
    const device = await adapter.requestDevice({
      requiredLimits: {
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
    return { adapter, device };
  } catch (cause) {
    throw new ForesightError(
      'no-webgpu',
      `The GPU gave no device (${messageOf(cause)}). Train with engine "cpu", or reload the page.`,
      { cause },
    );
  }
}

/** Watches for loss of the device and for refused operations, which would silently leave zeros. */
function watch(gpu: GPUDevice, software: boolean): OpenDevice {
  let failure: Error | null = null;
  const waiting = new Set<(failure: Error) => void>();
  const fail = (error: Error): void => {
    failure ??= error;
    for (const reject of waiting) reject(failure);
    waiting.clear();
  };
  void gpu.lost.then(({ message, reason }) =>
    fail(new Error(`the GPU device was lost (${message || reason})`)),
  );
  gpu.addEventListener('uncapturederror', ({ error }) => {
    fail(new Error(`the GPU refused an operation (${error.message})`));
  });
  return {
    software,
    get failure() {
      return failure;
    },
    fail,
    guard: (work) =>
      new Promise((resolve, reject) => {
        if (failure) reject(failure);
        waiting.add(reject);
        work.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
  };
}
