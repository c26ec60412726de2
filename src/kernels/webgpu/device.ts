import * as tf from '@tensorflow/tfjs-core';
// The main entry of tfjs-core knows no gradient by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { ForesightError } from '../../util/error.ts';

const BACKEND = 'webgpu';

/** A GPU device with the tfjs backend on it. tfjs has one active backend, so there is one of these. */
export interface OpenDevice {
  /** Whether the adapter computes on the CPU. */
  readonly software: boolean;
  /** Why the device can no longer be trusted: lost, or an operation was refused. Else null. */
  readonly failure: Error | null;
  /** Settles like `work`, but rejects as soon as the device fails. */
  guard<T>(work: Promise<T>): Promise<T>;
  /** Gives the device up, for an error it did not tell of itself: the next one opened is fresh. */
  fail(error: Error): void;
}

let current: { device: OpenDevice; gpu: GPUDevice } | null = null;
let opening: Promise<OpenDevice> | null = null;

/**
 * The device in use, or a fresh one when there is none or it failed. Tensors do not survive a failed
 * device; dispose them. Throws `no-webgpu` when the browser gives no adapter or no device.
 */
export function openDevice(): Promise<OpenDevice> {
  if (current && !current.device.failure) return Promise.resolve(current.device);
  opening ??= openFresh().finally(() => (opening = null));
  return opening;
}

/** Gives all GPU memory back. Dispose your tensors first. */
export function closeDevice(): void {
  if (!current) return;
  const { gpu } = current;
  current = null;
  tf.removeBackend(BACKEND);
  gpu.destroy();
}

/** Tensors alive, and bytes of GPU memory they take. */
export function tensorMemory(): { tensors: number; bytes: number } {
  // tf.memory() would start a backend where there is none.
  const { numTensors } = tf.engine().state;
  const bytes = current ? (tf.backend() as WebGPUBackend).memory().numBytesInGPU : 0;
  return { tensors: numTensors, bytes };
}

async function openFresh(): Promise<OpenDevice> {
  closeDevice();
  const gpu = await requestDevice();
  const device = watch(gpu.device, gpu.adapter.info.isFallbackAdapter);
  // tfjs registers a backend of its own on import, which hides adapter and device from us.
  if (tf.findBackendFactory(BACKEND)) tf.removeBackend(BACKEND);
  // Else tfjs computes small tensors on the CPU, and a check on a small network would not see the GPU.
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
    // The limits tfjs asks for itself: its programs use what the adapter has.
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
      `The GPU gave no device (${cause instanceof Error ? cause.message : String(cause)}). Train with engine "cpu", or reload the page.`,
      { cause },
    );
  }
}

/** Notices a lost device, and operations that WebGPU refuses: those leave zeros behind silently. */
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
