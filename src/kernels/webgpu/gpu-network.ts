import * as tf from '@tensorflow/tfjs-core';
import { toFlat } from '../../network/engine-layout.ts';
import { networkGraph } from '../../network/graph.ts';
import { addHeads, lossHeads } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import { countTargets } from '../../network/packing.ts';
import type { WindowBatch } from '../../network/packing.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { UpdateRules } from '../../network/update-rules.ts';
import { LOSS_SUMS, lossGroups } from './losses.ts';
import { planBatch } from './plan-batch.ts';
import type { Plan, PlanOptions } from './plan-batch.ts';
import { gpuTensor, runProgram } from './run-program.ts';
import { LOG_ROW, LOG_ROWS, startState, stateLayout } from './state-layout.ts';
import type { StateLayout } from './state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients.ts';
import type { BatchSize } from './wgsl.ts';

/** Everything needed to continue training elsewhere: a copy in ordinary memory, in flat order. */
export interface TrainingSnapshot {
  readonly weights: Float32Array;
  /** Momentum or first moment, and second moment; as long as the weights. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Updates made so far. */
  readonly updates: number;
}

export interface GpuNetworkOptions {
  readonly shape: NetworkShape;
  readonly training: UpdateRules;
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

/** A batch on the GPU, and what was computed of it. */
interface Run {
  readonly plan: Plan;
  readonly size: BatchSize;
  readonly targets: number;
  readonly batch: tf.Tensor1D;
  readonly arena: tf.Tensor1D;
}

/**
 * One network with its optimiser, on the open device. The caller disposes it. Methods queue GPU work
 * at once, in the order of the calls, and read back asynchronously.
 */
export class GpuNetwork {
  readonly #training: UpdateRules;
  readonly #tuning: Tuning;
  readonly #layout: StateLayout;
  /** By kind of batch. */
  readonly #plans = new Map<string, Plan>();
  readonly #state: tf.Tensor1D;
  readonly #roles: tf.Tensor1D;
  /** Targets of the updates in the log. */
  #logged: number[] = [];
  #updates: number;

  constructor({ shape, training, start, software, tuning }: GpuNetworkOptions) {
    this.#training = training;
    this.#tuning = { ...(software ? SOFTWARE_TUNING : GPU_TUNING), ...tuning };
    this.#layout = stateLayout(networkGraph(shape));
    this.#updates = start.updates;
    this.#state = tf.tensor1d(startState(this.#layout, start));
    this.#roles = tf.tensor1d(this.#layout.roles, 'int32');
  }

  /** Queues one weight update. Its losses, from before the update, come with the next snapshot. */
  step(batch: WindowBatch, { learningRate, dropout }: StepOptions): void {
    if (this.#logged.length === LOG_ROWS) throw new RangeError('the log is full: take a snapshot');
    const { optimizer } = this.#training;
    const updates = this.#updates + 1;
    const scale = (beta: number): number => 1 / (1 - beta ** updates);
    tf.tidy(() => {
      const run = this.#run(batch, dropout);
      const { plan, size, targets, arena } = run;
      runProgram(plan.update, {
        inputs: { gradient: this.#gradient(run), roles: this.#roles, arena },
        size,
        values: {
          scale: 1 / (targets || 1),
          log: this.#layout.log + this.#logged.length * LOG_ROW.length,
          rate: learningRate,
          ...(optimizer.kind === 'adam' && {
            firstScale: scale(optimizer.beta1),
            secondScale: scale(optimizer.beta2),
          }),
        },
        output: this.#state,
      });
      this.#logged.push(targets);
    });
    this.#updates = updates;
  }

  /** A copy of the present state, and the losses of the updates since the last snapshot. */
  async snapshot(): Promise<{
    snapshot: TrainingSnapshot;
    losses: Omit<NetworkLosses, 'correct'>[];
  }> {
    const { weights, log, first, second } = this.#layout;
    const updates = this.#updates;
    const logged = this.#logged;
    this.#logged = [];
    // Work queued later does not change a slice; of the tensor itself tfjs would cache the values for ever.
    const copy = await readAndDispose(tf.slice1d(this.#state, 0, this.#layout.length));
    const flat = (from: number): Float32Array =>
      toFlat(copy.subarray(from, from + weights.length), weights);
    return {
      snapshot: { weights: flat(0), first: flat(first), second: flat(second), updates },
      losses: logged.map((targets, row) => {
        const [loss, action, time, values] = copy.subarray(log + row * LOG_ROW.length);
        return { loss, action, time, values, targets };
      }),
    };
  }

  /** Losses of the prediction, without dropout and penalties. */
  async evaluate(batch: WindowBatch): Promise<NetworkLosses> {
    const { heads } = this.#layout.weights.graph.branches[0];
    let targets = 0;
    const sums = tf.tidy(() => {
      const { plan, size, arena, ...run } = this.#run(batch, [], true);
      ({ targets } = run);
      const groups = lossGroups(heads, this.#tuning, size);
      return tf.slice1d(arena, plan.losses[0].first * size.places, groups * LOSS_SUMS);
    });
    const all = await readAndDispose(sums);
    const step = lossHeads(heads).length * LOSS_SUMS;
    const lossWeights = { ...this.#training.lossWeights, unaided: 0 };
    return addHeads(heads, { lossWeights, targets }, (_head, _scale, index) => {
      let [loss, correct] = [0, 0];
      for (let at = index * LOSS_SUMS; at < all.length; at += step) {
        loss += all[at];
        correct += all[at + 1];
      }
      return { loss, correct };
    });
  }

  /** Gradient of the loss with penalties, without dropout and clipping; flat. */
  async gradients(batch: WindowBatch): Promise<Float32Array> {
    const { weights } = this.#layout;
    const gradient = tf.tidy(() => this.#gradient(this.#run(batch, [])));
    const all = await readAndDispose(gradient);
    return toFlat(all.subarray(0, weights.length), weights);
  }

  dispose(): void {
    tf.dispose([this.#state, this.#roles]);
  }

  /** Uploads a batch and queues a pass over it; within `tf.tidy`, which disposes the tensors. */
  #run(batch: WindowBatch, dropout: readonly Float32Array[], evaluate = false): Run {
    const { batchSize: windows, windowLength: steps } = batch;
    const size = { windows, steps, places: windows * steps };
    const targets = countTargets(batch);
    const soft = batch.softActions !== undefined;
    const plan = this.#plan(batch, { dropout: dropout.length > 0, soft, evaluate });
    const uploaded = tf.tensor1d(plan.columns.pack(batch, dropout));
    const arena = gpuTensor(plan.width * size.places);
    for (const program of plan.pass)
      runProgram(program, {
        inputs: { batch: uploaded, weights: this.#state },
        size,
        values: { scale: 1 / (targets || 1) },
        output: arena,
      });
    return { plan, size, targets, batch: uploaded, arena };
  }

  /** The gradient, followed by sums of the workgroups. */
  #gradient({ plan, size, batch, arena }: Run): tf.Tensor1D {
    const { length } = this.#layout.weights;
    const gradient = gpuTensor(length + plan.gradients.groups(size) * GRADIENT_SUMS);
    runProgram(plan.gradients, {
      inputs: { batch, arena, weights: this.#state },
      size,
      output: gradient,
    });
    return gradient;
  }

  #plan(batch: WindowBatch, kind: PlanOptions['kind']): Plan {
    const key = JSON.stringify(kind);
    const options = { state: this.#layout, training: this.#training, tuning: this.#tuning, kind };
    const plan = this.#plans.get(key) ?? planBatch(batch, options);
    this.#plans.set(key, plan);
    return plan;
  }
}

/** Reads a tensor and disposes it. */
async function readAndDispose(tensor: tf.Tensor1D): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}
