import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { ParameterLayout } from '../../network/graph.ts';
import { parameterLayout } from '../../network/graph.ts';
import type { FloatArray } from '../../util/math.ts';
import { Adam } from './adam.ts';
import { BatchNetwork } from './batch-network.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import { clipByNorm } from './clip.ts';
import { DropoutFactors } from '../../network/dropout-factors.ts';
import { zerosLike } from './matrix.ts';
import type { WindowBatch } from '../../network/packing.ts';
import { addPenalty } from './penalty.ts';
import { Sgd } from './sgd.ts';

export interface TrainableOptions<A extends FloatArray> {
  readonly shape: NetworkShape;
  /** Only optimizer, l1, l2, dropout, clipNorm, lossWeights and seed are read. */
  readonly training: TrainingConfig;
  /** Flat start weights; copied. All arithmetic has their precision. */
  readonly weights: A;
}

export class TrainableNetwork<A extends FloatArray> {
  /** Flat, in the order of `parameterLayout(shape)`; changed by `step`. */
  readonly weights: A;
  readonly #training: TrainingConfig;
  readonly #layout: ParameterLayout;
  readonly #network: BatchNetwork<A>;
  readonly #gradient: A;
  readonly #dropout: DropoutFactors;
  readonly #update: (rate: number) => void;

  constructor({ shape, training, weights }: TrainableOptions<A>) {
    const { dropout, seed } = training;
    this.weights = weights.slice() as A;
    this.#training = training;
    this.#layout = parameterLayout(shape);
    this.#network = new BatchNetwork(shape, this.weights);
    this.#gradient = zerosLike(weights, weights.length);
    this.#dropout = new DropoutFactors(shape, { rate: dropout, seed });
    this.#update = this.#createUpdate();
  }

  /** Makes one weight update and returns the losses before it; `loss` includes the penalties. */
  step(batch: WindowBatch, rate: number): NetworkLosses {
    const { clipNorm } = this.#training;
    const dropout = this.#dropout.draw(batch.batchSize * batch.windowLength);
    const losses = this.#run(batch, dropout);
    clipByNorm(this.#gradient, clipNorm);
    this.#update(rate);
    return losses;
  }

  /** Losses of the predictions, the mean of both networks, without the unaided head, dropout and penalties. */
  evaluate(batch: WindowBatch): NetworkLosses {
    const { lossWeights } = this.#training;
    return this.#network.run(batch, { lossWeights, asPredicted: true });
  }

  /** Gradient of the loss with its penalties, without dropout and clipping. Valid until the next call. */
  gradients(batch: WindowBatch): A {
    this.#run(batch, []);
    return this.#gradient;
  }

  #run(batch: WindowBatch, dropout: readonly Float32Array[]): NetworkLosses {
    const { lossWeights, l1, l2 } = this.#training;
    const gradient = this.#gradient;
    const losses = this.#network.run(batch, { lossWeights, dropout, gradient });
    const { parameters } = this.#layout;
    const penalty = addPenalty(this.weights, gradient, { l1, l2, parameters });
    return { ...losses, loss: losses.loss + penalty };
  }

  #createUpdate(): (rate: number) => void {
    const { weights } = this;
    const { optimizer } = this.#training;
    const { parameters } = this.#layout;
    const gradient = this.#gradient;
    const zeros = (): A => zerosLike(weights, weights.length);
    switch (optimizer.kind) {
      case 'sgd': {
        const sgd = new Sgd(zeros());
        return (rate) => sgd.update(weights, gradient, { rate, momentum: optimizer.momentum });
      }
      case 'adam': {
        const adam = new Adam(zeros(), zeros());
        return (rate) => adam.update(weights, gradient, { ...optimizer, rate, parameters });
      }
      default:
        return optimizer satisfies never;
    }
  }
}
