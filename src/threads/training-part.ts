import type { Batch } from '../dataset/batch.ts';
import type { NetworkLosses } from '../network/losses.ts';
import { TrainableNetwork } from '../kernels/wasm/trainable-network.ts';
import type { BackendOptions } from '../train/backend.ts';
import { createRng } from '../util/rng.ts';

export interface PartOptions extends BackendOptions {
  /** Which part this is, from 0. */
  readonly index: number;
}

/** What all parts of a run share. */
export interface PartConnection {
  readonly parts: number;
  /** Gradients of all parts, twice: while some threads still read those of one update, others write the next. */
  readonly gradients: SharedArrayBuffer;
  /** [1] i32: how many times a part has finished its gradient, over all updates. */
  readonly arrivals: SharedArrayBuffer;
}

/** One weight update. */
export interface PartStep {
  /** Counted from 1. */
  readonly update: number;
  /** The windows of this part; null where there are fewer windows than parts. */
  readonly batch: Batch | null;
  /** How many parts have windows. */
  readonly used: number;
  /** Targets of the whole batch. */
  readonly targets: number;
  readonly rate: number;
}

/** Losses of a part of an update; means over the targets of the whole batch. */
export interface PartLosses extends NetworkLosses {
  /** Of all weights: the same in every part. */
  readonly penalty: number;
}

/** What the parts of a run share; `length` is that of a gradient. */
export const connectionOf = (length: number, parts: number): PartConnection => ({
  parts,
  gradients: new SharedArrayBuffer(4 * 2 * parts * length),
  arrivals: new SharedArrayBuffer(4),
});

/**
 * Computes the gradient of its windows of each batch. All parts hold the same weights: each adds up the
 * gradients of all parts in the same order and makes the same update.
 */
export class TrainingPart {
  readonly #network: TrainableNetwork;
  readonly #index: number;
  #parts = 0;
  /** [2, parts, length]. */
  #gradients: Float32Array = new Float32Array(0);
  #arrivals: Int32Array = new Int32Array(0);

  /** Throws `no-wasm` where wasm does not run. */
  constructor({ index, ...options }: PartOptions) {
    const { training } = options;
    this.#index = index;
    // Each part drops other units.
    const seed = createRng(training.seed)
      .fork(index)
      .int(2 ** 32);
    this.#network = new TrainableNetwork({ ...options, training: { ...training, seed } });
  }

  /** Numbers of a gradient. */
  get length(): number {
    return this.#network.engine.gradientView.length;
  }

  /** Call it before the first step. */
  connect({ parts, gradients, arrivals }: PartConnection): void {
    this.#parts = parts;
    this.#gradients = new Float32Array(gradients);
    this.#arrivals = new Int32Array(arrivals);
  }

  get weights(): Float32Array {
    return this.#network.weights;
  }

  evaluate(batch: Batch): NetworkLosses {
    return this.#network.evaluate(batch);
  }

  gradients(batch: Batch): Float32Array {
    return this.#network.gradients(batch);
  }

  step({ update, batch, used, targets, rate }: PartStep): PartLosses | null {
    const losses = batch && this.#network.accumulate(batch, { targets });
    if (losses) this.#gradientOf(this.#index, update).set(this.#network.engine.gradientView);
    this.#meet(update);
    // Always in the same order, so that all parts have the same sum.
    const sum = this.#network.engine.gradientView;
    let before = this.#gradientOf(0, update);
    if (used === 1) sum.set(before);
    for (let part = 1; part < used; part++, before = sum) {
      const gradient = this.#gradientOf(part, update);
      for (let i = 0; i < sum.length; i++) sum[i] = before[i] + gradient[i];
    }
    const penalty = this.#network.update(rate);
    return losses && { ...losses, penalty };
  }

  #gradientOf(part: number, update: number): Float32Array {
    const { length } = this;
    const at = ((update % 2) * this.#parts + part) * length;
    return this.#gradients.subarray(at, at + length);
  }

  /** Waits until all parts have written their gradients of this update. */
  #meet(update: number): void {
    const expected = update * this.#parts;
    Atomics.add(this.#arrivals, 0, 1);
    Atomics.notify(this.#arrivals, 0);
    for (;;) {
      const arrived = Atomics.load(this.#arrivals, 0);
      if (arrived >= expected) return;
      Atomics.wait(this.#arrivals, 0, arrived);
    }
  }
}
