import { ForesightError } from '../util/error.ts';
import type { BackendOptions } from './backend.ts';
import { WebgpuBackend } from './webgpu-backend.ts';
import type { PerishableBackend } from './webgpu-backend.ts';
import type { WebgpuKernels } from './webgpu-kernels.ts';

/** WebGPU through tfjs, which is loaded when it is first used. */
export class WebgpuEngine {
  readonly #import: () => Promise<WebgpuKernels>;
  #kernels: Promise<WebgpuKernels> | null = null;

  /** @param importKernels called at most once; `importWebgpuKernels` where the modules can be reached */
  constructor(importKernels: () => Promise<WebgpuKernels>) {
    this.#import = importKernels;
  }

  /** Loads tfjs and the kernels, once. A failure is final: learners in play must not download again and again. */
  load(): Promise<WebgpuKernels> {
    return (this.#kernels ??= this.#import());
  }

  /**
   * A backend on the GPU. When the device is lost, training continues on a new one from the last copy, at
   * most 20 updates back. Throws `no-webgpu` when there is no device; the backend's methods do so when new
   * devices fail too. The caller disposes it.
   */
  readonly createBackend = async (options: BackendOptions): Promise<PerishableBackend> => {
    const backend = new WebgpuBackend(await this.load(), options);
    try {
      await backend.open();
    } catch (error) {
      throw asOwnError(error);
    }
    return backend;
  };

  /** Number of live tensors and bytes of GPU memory they take; zeros while tfjs is not loaded. */
  async memory(): Promise<{ readonly tensors: number; readonly bytes: number }> {
    const kernels = await this.#kernels?.catch(() => null);
    return kernels?.tensorMemory() ?? { tensors: 0, bytes: 0 };
  }
}

/** Kernels from a file of their own bring a ForesightError of their own, which `instanceof` does not know. */
function asOwnError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ForesightError') return error;
  if (error instanceof ForesightError) return error;
  return new ForesightError('no-webgpu', error.message, { cause: error.cause });
}
