import type * as webgpuPackage from 'webgpu';
import { ForesightError, messageOf } from '../util/error.ts';

/**
 * Gives this process WebGPU as a browser has it: `navigator.gpu` and the constants, from the npm package
 * `webgpu`, which is loaded only now. Does nothing where there is a GPU already. Throws `no-webgpu` when
 * the package cannot be loaded or finds no adapter.
 */
export async function provideGpu(): Promise<void> {
  if (globalThis.navigator?.gpu) return;
  const { create, globals } = await importPackage();
  const gpu = create([]);
  if (!(await gpu.requestAdapter()))
    throw new ForesightError(
      'no-webgpu',
      'The npm package "webgpu" finds no graphics adapter. Install the driver of the graphics card (on Linux one for Vulkan, and libvulkan1), or choose the engine "auto", "wasm" or "cpu".',
    );
  Object.assign(globalThis, globals);
  // Node has a navigator since version 21.
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {} });
  // Never removed: Dawn crashes when it is freed before its devices. It does not keep the process alive.
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
}

async function importPackage(): Promise<typeof webgpuPackage> {
  try {
    return await import('webgpu');
  } catch (cause) {
    throw new ForesightError(
      'no-webgpu',
      `The engine "webgpu" needs the npm package "webgpu" in Node, and it could not be loaded (${messageOf(cause)}). Install it next to phaser-foresight with "npm install webgpu", or choose the engine "auto", "wasm" or "cpu".`,
      { cause },
    );
  }
}
