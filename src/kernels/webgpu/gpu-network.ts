import * as tf from '@tensorflow/tfjs-core';
import type { TrainingConfig } from '../../model/config.ts';
import type { BatchTensors, HostBatch } from './batch-tensors.ts';
import { disposeBatch, uploadBatch } from './batch-tensors.ts';
import { headLosses, lossGradient } from './gradient.ts';
import { countCorrect } from './loss.ts';
import { runNetwork } from './network.ts';
import { clipByNorm, update } from './optimizer.ts';
import type { Flat } from './optimizer.ts';
import type { NetworkPlan } from './plan.ts';
import { nameMatrices, penaltyMask, splitWeights } from './weights.ts';

/** Everything a training run needs to go on elsewhere: a copy in ordinary memory. */
export interface TrainingSnapshot {
  readonly weights: Float32Array;
  /** Momentum or first moment, and second moment; as long as the weights. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Updates made so far. */
  readonly updates: number;
}

export interface StepOptions {
  readonly learningRate: number;
  /** Dropout factors as in `NetworkInput`, flat; empty without dropout. */
  readonly dropout: readonly Float32Array[];
}

/** Losses in the order total, action, time, values; then, of an evaluation, the correct targets. */
export type LossRow = Float32Array;

/**
 * One network with its optimiser, on the open device. Methods queue GPU work at once and read back
 * asynchronously; call one at a time. Whoever makes it disposes it.
 */
export class GpuNetwork {
  readonly #plan: NetworkPlan;
  readonly #training: TrainingConfig;
  readonly #penalized: tf.Tensor1D;
  #flat: Flat;
  #updates: number;

  constructor(plan: NetworkPlan, training: TrainingConfig, start: TrainingSnapshot) {
    this.#plan = plan;
    this.#training = training;
    this.#penalized = tf.tensor1d(penaltyMask(plan.layout));
    this.#updates = start.updates;
    this.#flat = {
      weights: tf.tensor1d(start.weights),
      first: tf.tensor1d(start.first),
      second: tf.tensor1d(start.second),
    };
  }

  /** One weight update; losses are of the weights before it. */
  async step(batch: HostBatch, { learningRate, dropout }: StepOptions): Promise<LossRow> {
    const { optimizer, clipNorm } = this.#training;
    const { weights, first, second, losses } = this.#withBatch(batch, (tensors) => {
      const slope = this.#gradient(tensors, dropout);
      const options = {
        optimizer,
        learningRate,
        updates: this.#updates,
        penalized: this.#penalized,
      };
      const next = update(this.#flat, clipByNorm(slope.gradient, clipNorm), options);
      return { ...next, losses: slope.losses };
    });
    tf.dispose(Object.values(this.#flat));
    this.#flat = { weights, first, second };
    this.#updates += 1;
    return read(losses);
  }

  /** Losses without dropout and penalties, and the number of correct targets. */
  async evaluate(batch: HostBatch): Promise<LossRow> {
    const row = this.#withBatch(batch, (tensors) => {
      const matrices = nameMatrices(
        splitWeights(this.#flat.weights, this.#plan.layout),
        this.#plan.layout,
      );
      const output = runNetwork({ ...tensors, dropout: [] }, matrices, this.#plan.shape);
      const { total, action, time, values } = headLosses(output, tensors, this.#training);
      const correct =
        output.action && tensors.actions
          ? countCorrect(output.action, tensors.actions)
          : tf.scalar(0);
      return tf.stack([total, action, time, values, correct]) as tf.Tensor1D;
    });
    return read(row);
  }

  /** Gradient of the loss with penalties, without dropout and clipping. */
  async gradients(batch: HostBatch): Promise<Float32Array> {
    return read(this.#withBatch(batch, (tensors) => this.#gradient(tensors, []).gradient));
  }

  async weights(): Promise<Float32Array> {
    return copy(this.#flat.weights);
  }

  async snapshot(): Promise<TrainingSnapshot> {
    const updates = this.#updates;
    const { weights, first, second } = this.#flat;
    const copies = await Promise.all([copy(weights), copy(first), copy(second)]);
    return { weights: copies[0], first: copies[1], second: copies[2], updates };
  }

  dispose(): void {
    tf.dispose([this.#penalized, ...Object.values(this.#flat)]);
  }

  #gradient(tensors: BatchTensors, dropout: readonly Float32Array[]) {
    const rows = tensors.batchSize * tensors.windowLength;
    return lossGradient(this.#flat.weights, tensors, this.#plan, {
      ...this.#training,
      penalized: this.#penalized,
      dropout: dropout.map((factors) => tf.tensor2d(factors, [rows, factors.length / rows])),
    });
  }

  /** Uploads a batch for as long as `work` queues operations on it; all but its result is disposed. */
  #withBatch<T extends tf.TensorContainer>(
    batch: HostBatch,
    work: (tensors: BatchTensors) => T,
  ): T {
    return tf.tidy(() => {
      const tensors = uploadBatch(batch, this.#plan);
      const result = work(tensors);
      disposeBatch(tensors);
      return result;
    });
  }
}

/** Reads a tensor that nobody else needs, and disposes it. */
async function read(tensor: tf.Tensor1D): Promise<Float32Array> {
  try {
    return await copy(tensor);
  } finally {
    tensor.dispose();
  }
}

/** `data()` may hand out the tensor's own memory: copied, so that nobody can change it. */
async function copy(tensor: tf.Tensor1D): Promise<Float32Array> {
  return Float32Array.from(await tensor.data<'float32'>());
}
