import type { Batch } from '../../src/dataset/batch.ts';
import type { BackendOptions, BatchLosses, TrainingBackend } from '../../src/train/backend.ts';

/** The losses that a scripted backend returns; the last entry is repeated. */
export interface Script {
  /** Loss of each update. */
  readonly losses?: readonly number[];
  /** Held-out loss of each evaluation that follows an update or starts the run. */
  readonly heldOut?: readonly number[];
}

/** A backend that learns nothing: its losses come from the script, and each weight is the number of updates. */
export class ScriptedBackend implements TrainingBackend {
  readonly engine = 'cpu';
  created = 0;
  disposed = 0;
  updates = 0;
  #losses: readonly number[] = [];
  #heldOut: readonly number[] = [];
  #evaluations = 0;
  #updatesAtEvaluation = -1;
  #length = 0;
  #made: BatchLosses[] = [];

  constructor(script: Script = {}) {
    this.script(script);
  }

  readonly create = async ({ weights }: BackendOptions): Promise<TrainingBackend> => {
    this.created++;
    this.updates = 0;
    this.#evaluations = 0;
    this.#updatesAtEvaluation = -1;
    this.#length = weights.length;
    return this;
  };

  script({ losses = [1], heldOut = [1] }: Script): void {
    this.#losses = losses;
    this.#heldOut = heldOut;
  }

  async step({ mask }: Batch): Promise<void> {
    const loss = this.#losses[Math.min(this.updates++, this.#losses.length - 1)];
    this.#made.push({ loss, action: loss, time: 0, values: 0, targets: targetsOf(mask) });
  }

  async losses(): Promise<readonly BatchLosses[]> {
    return this.#made.splice(0);
  }

  async evaluate({ mask }: Batch) {
    if (this.#updatesAtEvaluation !== this.updates) this.#evaluations++;
    this.#updatesAtEvaluation = this.updates;
    const loss = this.#heldOut[Math.min(this.#evaluations, this.#heldOut.length) - 1];
    return { loss, action: loss, time: 0, values: 0, targets: targetsOf(mask), correct: 1 };
  }

  async weights(): Promise<Float32Array> {
    return new Float32Array(this.#length).fill(this.updates);
  }

  async gradients(): Promise<Float32Array> {
    return new Float32Array(this.#length);
  }

  dispose(): void {
    this.disposed++;
  }
}

const targetsOf = (mask: Float32Array): number => mask.reduce((sum, weight) => sum + weight, 0);
