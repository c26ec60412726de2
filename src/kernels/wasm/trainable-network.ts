import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../model/network-shape.ts';
import { DropoutFactors } from '../common/dropout-factors.ts';
import type { NetworkLosses } from '../common/network-losses.ts';
import type { WindowBatch } from '../common/packing.ts';
import { BatchNetwork } from './batch-network.ts';
import { BINARIES } from './binaries.ts';
import { Layout, WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { WasmWeights } from './weights.ts';

export interface TrainableOptions {
  readonly shape: NetworkShape;
  /** Only optimizer, l1, l2, dropout, clipNorm, lossWeights and seed are read. */
  readonly training: TrainingConfig;
  /** Flat start weights; copied. */
  readonly weights: Float32Array;
  /** Default: the fastest one that runs. */
  readonly build?: WasmBuild;
}

/** A network and its optimiser in one wasm memory, which is freed with the network. */
export class TrainableNetwork {
  readonly #memory: WasmMemory;
  readonly #training: TrainingConfig;
  readonly #weights: WasmWeights;
  readonly #network: BatchNetwork;
  readonly #dropout: DropoutFactors;
  /** Pointers to arrays laid out like the weights. */
  readonly #gradient: number;
  readonly #first: number;
  readonly #second: number;
  readonly #penalized: number;
  #updates = 0;

  /** Throws `no-wasm` where wasm does not run. */
  constructor({ shape, training, weights, build }: TrainableOptions) {
    const { dropout, seed, optimizer } = training;
    this.#memory = new WasmMemory(BINARIES, build);
    this.#training = training;
    const place = new Layout();
    this.#weights = new WasmWeights(shape, {
      memory: this.#memory,
      place,
      turnPanels: this.#memory.kernels.packTurnedPanels,
    });
    const array = (): number => place.take(this.#weights.count);
    this.#gradient = array();
    this.#first = array();
    this.#second = optimizer.kind === 'adam' ? array() : 0;
    this.#penalized = array();
    this.#memory.reach(place.end);
    this.#weights.set(weights);
    this.#weights.pack();
    this.#memory.floats.set(this.#weights.layout.penalized, this.#penalized >> 2);
    this.#network = new BatchNetwork(this.#memory, {
      shape,
      weights: this.#weights,
      start: place.end,
      dropout: dropout > 0,
    });
    this.#dropout = new DropoutFactors(shape, { rate: dropout, seed });
  }

  /** Bytes of memory in use; grows only with the largest batch. */
  get size(): number {
    return this.#memory.size;
  }

  /** A copy of the flat weights, in the order of `parameterLayout(shape)`. */
  get weights(): Float32Array<ArrayBuffer> {
    return this.#weights.flat();
  }

  /** Makes one weight update and returns the losses before it; `loss` includes the penalties. */
  step(batch: WindowBatch, rate: number): NetworkLosses {
    const dropout = this.#dropout.draw(batch.batchSize * batch.windowLength);
    const losses = this.#run(batch, dropout);
    this.#clip();
    this.#update(rate);
    this.#weights.pack();
    return losses;
  }

  /**
   * Losses and gradient of one part of a batch, with dropout and without penalties. The means are taken over
   * `targets`, those of the whole batch: what all parts give adds up to what the batch gives.
   */
  accumulate(batch: WindowBatch, { targets }: { readonly targets: number }): NetworkLosses {
    const { lossWeights } = this.#training;
    const share = batch.mask.reduce((sum, weight) => sum + weight, 0) / (targets || 1);
    const losses = this.#network.run(batch, {
      lossWeights: scaled(lossWeights, share),
      dropout: this.#dropout.draw(batch.batchSize * batch.windowLength),
      gradient: this.#gradient,
    });
    const { action, time, values } = losses;
    return { ...losses, action: action * share, time: time * share, values: values * share };
  }

  /** A copy of the gradient of the newest pass, in this engine's order. */
  get gradient(): Float32Array<ArrayBuffer> {
    const start = this.#gradient >> 2;
    return this.#memory.floats.slice(start, start + this.#weights.count);
  }

  /**
   * Makes one weight update by a gradient in this engine's order.
   *
   * @returns the penalties, which belong to the loss
   */
  apply(gradient: Float32Array, rate: number): number {
    this.#memory.floats.set(gradient, this.#gradient >> 2);
    const penalty = this.#penalize();
    this.#clip();
    this.#update(rate);
    this.#weights.pack();
    return penalty;
  }

  /** Losses of the predictions, the mean of both networks, without the unaided head, dropout and penalties. */
  evaluate(batch: WindowBatch): NetworkLosses {
    const { lossWeights } = this.#training;
    return this.#network.run(batch, { lossWeights, asPredicted: true });
  }

  /** A copy of the gradient of the loss with its penalties, without dropout and clipping; flat. */
  gradients(batch: WindowBatch): Float32Array<ArrayBuffer> {
    this.#run(batch, []);
    return this.#weights.flat(this.#gradient);
  }

  #run(batch: WindowBatch, dropout: readonly Float32Array[]): NetworkLosses {
    const { lossWeights } = this.#training;
    const losses = this.#network.run(batch, { lossWeights, dropout, gradient: this.#gradient });
    return { ...losses, loss: losses.loss + this.#penalize() };
  }

  /** Adds the penalties' gradient, and returns the penalties. */
  #penalize(): number {
    const { l1, l2 } = this.#training;
    if (!l1 && !l2) return 0;
    const { pointer, count } = this.#weights;
    const { kernels } = this.#memory;
    return kernels.addPenalty(pointer, this.#gradient, this.#penalized, count, l1, l2);
  }

  /** Scales the gradient down to the norm `clipNorm` when it is longer; 0 = never. */
  #clip(): void {
    const { clipNorm } = this.#training;
    if (!clipNorm) return;
    const { kernels } = this.#memory;
    const norm = Math.sqrt(kernels.sumOfSquares(this.#gradient, this.#weights.count));
    if (norm > clipNorm) kernels.scale(this.#gradient, this.#weights.count, clipNorm / norm);
  }

  #update(rate: number): void {
    const { kernels } = this.#memory;
    const { pointer, count } = this.#weights;
    const { optimizer } = this.#training;
    this.#updates++;
    switch (optimizer.kind) {
      case 'sgd':
        kernels.sgd(pointer, this.#gradient, this.#first, count, rate, optimizer.momentum);
        return;
      case 'adam': {
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
          rate / (1 - beta1 ** this.#updates),
          1 / (1 - beta2 ** this.#updates),
          epsilon,
          rate * weightDecay,
        );
        return;
      }
      default:
        optimizer satisfies never;
    }
  }
}

const scaled = (
  { action, time, values, unaided }: TrainingConfig['lossWeights'],
  by: number,
): TrainingConfig['lossWeights'] => ({
  action: by * action,
  time: by * time,
  values: by * values,
  unaided: by * unaided,
});
