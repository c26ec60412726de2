import { networkGraph } from '../../network/graph.ts';
import { TrainableNetwork as Trainable } from '../../network/trainable-network.ts';
import type { TrainableOptions, TrainingEngine } from '../../network/trainable-network.ts';
import type { OptimizerConfig } from '../../network/update-rules.ts';
import { WasmBatch } from './batch-operations.ts';
import type { WasmBuild } from './module.ts';

export interface WasmOptions extends TrainableOptions<Float32Array> {
  /** Default: the fastest one that runs. */
  readonly build?: WasmBuild;
}

/** A network and its optimiser in wasm memory. */
export class TrainableNetwork extends Trainable<Float32Array, number, WasmEngine> {
  /** Throws `no-wasm` where wasm does not run, and RangeError when the number of weights is wrong. */
  constructor(options: WasmOptions) {
    super(new WasmEngine(options), options.training);
  }
}

/** Weights, their gradient and the optimiser in one memory, which is freed with the engine. */
export class WasmEngine extends WasmBatch implements TrainingEngine<Float32Array, number> {
  /** Pointers to arrays laid out like the weights. */
  readonly #first: number;
  readonly #second: number;
  readonly #penalized: number;

  constructor({ shape, training, weights, build }: WasmOptions) {
    super(networkGraph(shape), build);
    const { count, layout } = this.parameters;
    this.#first = this.memory.take(count);
    this.#second = training.optimizer.kind === 'adam' ? this.memory.take(count) : 0;
    this.#penalized = this.memory.take(count);
    this.weights = weights;
    this.memory.floats.set(layout.penalized, this.#penalized >> 2);
  }

  /** Bytes of memory in use; grows only with the largest batch. */
  get size(): number {
    return this.memory.size;
  }

  get weights(): Float32Array<ArrayBuffer> {
    return this.parameters.flat();
  }

  set weights(flat: Float32Array) {
    this.parameters.set(flat);
  }

  get gradient(): Float32Array<ArrayBuffer> {
    return this.parameters.flat(this.gradientAt);
  }

  /** The gradient itself, in the engine's order, to be read or replaced before the next batch. */
  get gradientView(): Float32Array<ArrayBuffer> {
    const start = this.gradientAt >> 2;
    return this.memory.floats.subarray(start, start + this.parameters.count);
  }

  addPenalty(l1: number, l2: number): number {
    if (!l1 && !l2) return 0;
    const { pointer, count } = this.parameters;
    const { kernels } = this.memory;
    return kernels.addPenalty(pointer, this.gradientAt, this.#penalized, count, l1, l2);
  }

  clip(limit: number): void {
    const { count } = this.parameters;
    const { kernels } = this.memory;
    const norm = Math.sqrt(kernels.sumOfSquares(this.gradientAt, count));
    if (norm > limit) kernels.scale(this.gradientAt, count, limit / norm);
  }

  update(optimizer: OptimizerConfig, rate: number, updates: number): void {
    const { kernels } = this.memory;
    const { pointer, count } = this.parameters;
    if (optimizer.kind === 'sgd')
      kernels.sgd(pointer, this.gradientAt, this.#first, count, rate, optimizer.momentum);
    else {
      const { beta1, beta2, epsilon, weightDecay } = optimizer;
      kernels.adam(
        pointer,
        this.gradientAt,
        this.#first,
        this.#second,
        this.#penalized,
        count,
        beta1,
        beta2,
        1 - beta1,
        1 - beta2,
        rate / (1 - beta1 ** updates),
        1 / (1 - beta2 ** updates),
        epsilon,
        rate * weightDecay,
      );
    }
    this.parameters.pack();
  }
}
