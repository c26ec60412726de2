import * as tf from '@tensorflow/tfjs-core';
import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { WindowBatch } from '../../network/packing.ts';
import { toEngine, toFlat } from '../../network/engine-layout.ts';
import { headGroups, HEAD_SUMS } from './heads-wgsl.ts';
import { networkPrograms } from './network-programs.ts';
import type { NetworkPrograms } from './network-programs.ts';
import { NetworkRun } from './network-run.ts';
import { BatchPacker } from './pack-batch.ts';
import { registerKernels } from './register-kernels.ts';
import { LOG_ROWS, startState, stateLayout } from './state-layout.ts';
import type { StateLayout } from './state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { LOG_ROW } from './update-wgsl.ts';
import { update } from './update.ts';

/** Everything needed to continue training elsewhere: a copy in ordinary memory, in flat order. */
export interface TrainingSnapshot {
  readonly weights: Float32Array;
  /** Momentum or first moment, and second moment; as long as the weights. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Updates made so far. */
  readonly updates: number;
}

/** Mean losses over the targets of a batch. */
export interface GpuLosses {
  readonly loss: number;
  readonly action: number;
  readonly time: number;
  readonly values: number;
  readonly targets: number;
}

export interface GpuNetworkOptions {
  readonly shape: NetworkShape;
  /** Only optimizer, l1, l2, dropout, clipNorm and lossWeights are read. */
  readonly training: TrainingConfig;
  readonly start: TrainingSnapshot;
  /** Whether the adapter computes on the CPU. */
  readonly software: boolean;
  /** Replaces parts of the tuning for the adapter. */
  readonly tuning?: Partial<Tuning>;
}

export interface StepOptions {
  readonly learningRate: number;
  /** As `DropoutFactors` draws them; empty without dropout. */
  readonly dropout: readonly Float32Array[];
}

/**
 * One network with its optimiser, on the open device. The caller disposes it. Methods queue GPU work
 * at once, in the order of the calls, and read back asynchronously.
 */
export class GpuNetwork {
  readonly #training: TrainingConfig;
  readonly #layout: StateLayout;
  readonly #programs: (dropout: boolean) => NetworkPrograms;
  readonly #packer: BatchPacker;
  readonly #state: tf.Tensor1D;
  readonly #roles: tf.Tensor1D;
  /** Targets of the updates in the log. */
  #logged: number[] = [];
  #updates: number;

  constructor({ shape, training, start, software, tuning }: GpuNetworkOptions) {
    registerKernels();
    this.#training = training;
    this.#layout = stateLayout(shape);
    this.#packer = new BatchPacker(shape);
    this.#updates = start.updates;
    const made = new Map<boolean, NetworkPrograms>();
    this.#programs = (dropout) => {
      const found = made.get(dropout);
      if (found) return found;
      const programs = networkPrograms({
        state: this.#layout,
        training,
        tuning: { ...(software ? SOFTWARE_TUNING : GPU_TUNING), ...tuning },
        dropout,
      });
      made.set(dropout, programs);
      return programs;
    };
    const { weights } = this.#layout;
    const state = startState(this.#layout, {
      weights: toEngine(start.weights, weights),
      first: toEngine(start.first, weights),
      second: toEngine(start.second, weights),
    });
    this.#state = tf.tensor1d(state);
    this.#roles = tf.tensor1d(this.#layout.roles, 'int32');
  }

  /** Queues one weight update. Its losses, from before the update, come with the next snapshot. */
  step(batch: WindowBatch, { learningRate, dropout }: StepOptions): void {
    if (this.#logged.length === LOG_ROWS) throw new RangeError('the log is full: take a snapshot');
    this.#run(batch, dropout, (run) => {
      const { losses, gradient } = run.backward();
      const { programs, places } = run;
      const { targets } = run.batch;
      update(programs.update, {
        state: this.#state,
        roles: this.#roles,
        gradient,
        losses,
        headGroups: headGroups(programs.heads.text, places),
        log: this.#layout.log + this.#logged.length * LOG_ROW,
        rate: learningRate,
        updates: this.#updates + 1,
        targets,
      });
      this.#logged.push(targets);
    });
    this.#updates += 1;
  }

  /** A copy of the present state, and the losses of the updates since the last snapshot. */
  async snapshot(): Promise<{ snapshot: TrainingSnapshot; losses: GpuLosses[] }> {
    const { weights, log, first, second } = this.#layout;
    const updates = this.#updates;
    const logged = this.#logged;
    this.#logged = [];
    const copy = await readPart(this.#state, log + LOG_ROWS * LOG_ROW);
    const flat = (from: number): Float32Array =>
      toFlat(copy.subarray(from, from + weights.length), weights);
    return {
      snapshot: { weights: flat(0), first: flat(first), second: flat(second), updates },
      losses: logged.map((targets, row) => {
        const [loss, action, time, values] = copy.subarray(log + row * LOG_ROW);
        return { loss, action, time, values, targets };
      }),
    };
  }

  /** Losses without dropout and penalties, and the number of correct targets. */
  async evaluate(batch: WindowBatch): Promise<GpuLosses & { correct: number }> {
    const { lossWeights } = this.#training;
    let targets = 0;
    let groups = 0;
    const sums = this.#run(batch, [], (run) => {
      ({ targets } = run.batch);
      groups = headGroups(run.programs.evaluation.text, run.places);
      return tf.slice1d(run.evaluate(), 0, groups * HEAD_SUMS);
    });
    const rows = await readAndDispose(sums);
    const total = (column: number): number => {
      let sum = 0;
      for (let group = 0; group < groups; group++) sum += rows[group * HEAD_SUMS + column];
      return sum;
    };
    const mean = 1 / (targets || 1);
    const [action, time, values] = [total(0) * mean, total(1) * mean, total(2) * mean];
    const loss =
      lossWeights.action * action + lossWeights.time * time + lossWeights.values * values;
    return { loss, action, time, values, targets, correct: total(3) };
  }

  /** Gradient of the loss with penalties, without dropout and clipping; flat. */
  async gradients(batch: WindowBatch): Promise<Float32Array> {
    const { weights } = this.#layout;
    const gradient = this.#run(batch, [], (run) => run.backward().gradient);
    const all = await readAndDispose(gradient);
    return toFlat(all.subarray(0, weights.length), weights);
  }

  dispose(): void {
    tf.dispose([this.#state, this.#roles]);
  }

  /** Uploads a batch and lets `work` queue programs; disposes every tensor except its result. */
  #run<T extends tf.TensorContainer>(
    batch: WindowBatch,
    dropout: readonly Float32Array[],
    work: (run: NetworkRun) => T,
  ): T {
    return tf.tidy(() => {
      const programs = this.#programs(dropout.length > 0);
      const packed = this.#packer.pack(batch, dropout);
      return work(new NetworkRun(programs, packed, this.#state));
    });
  }
}

/** The first `length` elements at present; work queued later does not change the result. */
async function readPart(tensor: tf.Tensor1D, length: number): Promise<Float32Array> {
  // Reading the tensor itself would make tfjs cache its present values for ever.
  return readAndDispose(tf.slice1d(tensor, 0, length));
}

/** Reads a tensor and disposes it. */
async function readAndDispose(tensor: tf.Tensor1D): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}
