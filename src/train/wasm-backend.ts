import type { WasmBuild } from '../kernels/wasm/module.ts';
import { TrainableNetwork } from '../kernels/wasm/trainable-network.ts';
import type { BackendOptions, TrainingBackend } from './backend.ts';
import { LocalBackend } from './local-backend.ts';

export interface WasmBackendOptions extends BackendOptions {
  /**
   * Default: the fastest build that runs. The same build gives the same bits on the same machine.
   * `plain` gives them on all machines, `relaxed` may round differently on another one.
   */
  readonly build?: WasmBuild;
}

/**
 * Trains with SIMD kernels in WebAssembly, on the calling thread. Throws `no-wasm` where there is no
 * WebAssembly with SIMD or the page's Content-Security-Policy forbids it; train on the cpu instead.
 */
export async function createWasmBackend(options: WasmBackendOptions): Promise<TrainingBackend> {
  return new LocalBackend('wasm', new TrainableNetwork(options));
}
