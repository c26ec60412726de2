import type { Batch } from '../dataset/batch.ts';
import type { NetworkLosses } from '../kernels/common/network-losses.ts';
import { TrainableNetwork } from '../kernels/reference/trainable-network.ts';
import { ForesightError } from '../util/error.ts';
import type { BackendOptions, BatchEvaluation, BatchLosses, TrainingBackend } from './backend.ts';

/** Trains in plain TypeScript, on the calling thread and without a pause within a batch. */
export async function createCpuBackend(options: BackendOptions): Promise<TrainingBackend> {
  return new CpuBackend(options);
}

class CpuBackend implements TrainingBackend {
  readonly engine = 'cpu';
  #network: TrainableNetwork<Float32Array> | null;
  #losses: BatchLosses[] = [];

  constructor(options: BackendOptions) {
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
    return this.#open().weights.slice();
  }

  async gradients(batch: Batch): Promise<Float32Array> {
    return this.#open().gradients(batch).slice();
  }

  dispose(): void {
    this.#network = null;
  }

  #open(): TrainableNetwork<Float32Array> {
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
