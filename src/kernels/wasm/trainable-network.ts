import { networkGraph } from '../../network/graph.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { TrainableNetwork as Trainable } from '../../network/trainable-network.ts';
import type { TrainingEngine } from '../../network/trainable-network.ts';
import type { OptimizerConfig, UpdateRules } from '../../network/update-rules.ts';
import { BINARIES } from './binaries.ts';
import { Layout, WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { WasmBatch } from './operations.ts';
import { WasmWeights } from './weights.ts';

export interface TrainableOptions {
  readonly shape: NetworkShape;
  readonly training: UpdateRules;
  /** Flat start weights; copied. */
  readonly weights: Float32Array;
  /** Default: the fastest one that runs. */
  readonly build?: WasmBuild;
}

/** A network and its optimiser in wasm memory. */
export class TrainableNetwork extends Trainable<Float32Array, number, WasmEngine> {
  /** Throws `no-wasm` where wasm does not run, and RangeError when the number of weights is wrong. */
  constructor(options: TrainableOptions) {
    super(new WasmEngine(options), options.training);
  }
}

/** Weights, their gradient and the optimiser in one memory, which is freed with the engine. */
export class WasmEngine implements TrainingEngine<Float32Array, number> {
  readonly graph: NetworkGraph;
  readonly operations: WasmBatch;
  readonly #memory: WasmMemory;
  readonly #weights: WasmWeights;
  /** Pointers to arrays laid out like the weights. */
  readonly #gradient: number;
  readonly #first: number;
  readonly #second: number;
  readonly #penalized: number;

  constructor({ shape, training, weights, build }: TrainableOptions) {
    this.graph = networkGraph(shape);
    this.#memory = new WasmMemory(BINARIES, build);
    const place = new Layout();
    this.#weights = new WasmWeights(this.graph, { memory: this.#memory, place });
    const array = (): number => place.take(this.#weights.count);
    this.#gradient = array();
    this.#first = array();
    this.#second = training.optimizer.kind === 'adam' ? array() : 0;
    this.#penalized = array();
    this.#memory.reach(place.end);
    this.#weights.set(weights);
    this.#memory.floats.set(this.#weights.layout.penalized, this.#penalized >> 2);
    this.operations = new WasmBatch(this.#memory, this.#weights, {
      gradient: this.#gradient,
      start: place.end,
      dropout: training.dropout > 0,
    });
  }

  /** Bytes of memory in use; grows only with the largest batch. */
  get size(): number {
    return this.#memory.size;
  }

  get weights(): Float32Array<ArrayBuffer> {
    return this.#weights.flat();
  }

  set weights(flat: Float32Array) {
    this.#weights.set(flat);
  }

  get gradient(): Float32Array<ArrayBuffer> {
    return this.#weights.flat(this.#gradient);
  }

  /** The gradient itself, in the engine's order, to be read or replaced before the next batch. */
  get gradientView(): Float32Array<ArrayBuffer> {
    const start = this.#gradient >> 2;
    return this.#memory.floats.subarray(start, start + this.#weights.count);
  }

  addPenalty(l1: number, l2: number): number {
    if (!l1 && !l2) return 0;
    const { pointer, count } = this.#weights;
    const { kernels } = this.#memory;
    return kernels.addPenalty(pointer, this.#gradient, this.#penalized, count, l1, l2);
  }

  clip(limit: number): void {
    const { count } = this.#weights;
    const { kernels } = this.#memory;
    const norm = Math.sqrt(kernels.sumOfSquares(this.#gradient, count));
    if (norm > limit) kernels.scale(this.#gradient, count, limit / norm);
  }

  update(optimizer: OptimizerConfig, rate: number, updates: number): void {
    const { kernels } = this.#memory;
    const { pointer, count } = this.#weights;
    if (optimizer.kind === 'sgd')
      kernels.sgd(pointer, this.#gradient, this.#first, count, rate, optimizer.momentum);
    else {
      const { beta1, beta2, epsilon, weightDecay } = optimizer;
      kernels.adam(
        pointer,
        this.#gradient,
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
    this.#weights.pack();
  }
}
