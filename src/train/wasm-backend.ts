import type { Batch } from '../dataset/batch.ts';
import type { NetworkLosses } from '../kernels/common/network-losses.ts';
import type { WasmBuild } from '../kernels/wasm/module.ts';
import { TrainableNetwork } from '../kernels/wasm/trainable-network.ts';
import { ForesightError } from '../util/error.ts';
import type { BackendOptions, BatchEvaluation, BatchLosses, TrainingBackend } from './backend.ts';

export interface WasmBackendOptions extends BackendOptions {
  /**
   * The fastest build that runs, unless given. The same build gives the same bits on the same
   * machine; `plain` does so on all machines, `relaxed` may round differently on another one.
   */
  readonly build?: WasmBuild;
}

/**
 * Trains with SIMD kernels in WebAssembly, on the calling thread and without a pause within a batch.
 * Throws `no-wasm` where there is no WebAssembly with SIMD, or the page's Content-Security-Policy
 * forbids it: train on the cpu then.
 */
export async function createWasmBackend(options: WasmBackendOptions): Promise<TrainingBackend> {
  return new WasmBackend(options);
}

class WasmBackend implements TrainingBackend {
  readonly engine = 'wasm';
  #network: TrainableNetwork | null;
  #losses: BatchLosses[] = [];

  constructor(options: WasmBackendOptions) {
    this.#network = new TrainableNetwork(options);
  }

  async step(batch: Batch, learningRate: number): Promise<void> {
    this.#losses.push(lossesOf(this.#open().step(batch, learningRate)));
  }

  async losses(): Promise<readonly BatchLosses[]> {
    this.#open();
    return this.#losses.splice(0);
  }

  async evaluate(batch: Batch): Promise<BatchEvaluation> {
    const result = this.#open().evaluate(batch);
    return { ...lossesOf(result), correct: result.correct };
  }

  async weights(): Promise<Float32Array> {
    return this.#open().weights;
  }

  async gradients(batch: Batch): Promise<Float32Array> {
    return this.#open().gradients(batch);
  }

  /** The memory goes with the network. */
  dispose(): void {
    this.#network = null;
  }

  #open(): TrainableNetwork {
    if (this.#network) return this.#network;
    throw new ForesightError('not-ready', 'This training backend is disposed. Create a new one.');
  }
}

const lossesOf = ({ loss, action, time, values, targets }: NetworkLosses): BatchLosses => ({
  loss,
  action,
  time,
  values,
  targets,
});
