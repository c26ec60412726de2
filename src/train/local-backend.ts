import type { Batch } from '../dataset/batch.ts';
import type { NetworkLosses } from '../network/losses.ts';
import { ForesightError } from '../util/error.ts';
import type { BatchEvaluation, BatchLosses, EngineName, TrainingBackend } from './backend.ts';

/** A network and its optimiser on the calling thread. */
export interface LocalNetwork {
  /** Copies, flat. */
  weights: Float32Array;
  gradients(batch: Batch): Float32Array;
  step(batch: Batch, rate: number): NetworkLosses;
  evaluate(batch: Batch): NetworkLosses;
}

/** Trains on the calling thread, which each batch blocks. */
export class LocalBackend implements TrainingBackend {
  readonly engine: EngineName;
  /** Null once disposed, which frees its memory. */
  #network: LocalNetwork | null;
  #losses: BatchLosses[] = [];

  constructor(engine: EngineName, network: LocalNetwork) {
    this.engine = engine;
    this.#network = network;
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

  dispose(): void {
    this.#network = null;
  }

  #open(): LocalNetwork {
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
