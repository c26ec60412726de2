import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { inputWidth } from '../../network/shape.ts';
import type { FloatArray } from '../../util/math.ts';
import { joinLosses } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import { Packer } from '../../network/packing.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import { dropOut } from './dropout.ts';
import { embed, embedBackward } from './embed.ts';
import { FeedForward } from './feed-forward.ts';
import type { FeedForwardRun } from './feed-forward.ts';
import { Heads, meanOutputs } from './heads.ts';
import type { HeadRun } from './heads.ts';
import { Layer } from './layer.ts';
import type { Matrix } from './matrix.ts';
import { networkParameters } from './network-parameters.ts';
import type { NetworkParameters } from './network-parameters.ts';
import { Workspace } from './workspace.ts';

export interface RunOptions<A extends FloatArray> {
  readonly lossWeights: TrainingConfig['lossWeights'];
  /** Factors as `DropoutFactors` draws them; none without dropout. */
  readonly dropout?: readonly Float32Array[];
  /** Flat; overwritten with the gradient of `loss`. Without it there is no backward pass. */
  readonly gradient?: A;
  /**
   * Losses of the predictions in place of those to learn from: of the mean of both networks, without the
   * unaided head's. Not together with a gradient.
   */
  readonly asPredicted?: boolean;
}

/**
 * The network over whole batches, forward and backward through time, every window from zero state.
 * Works in the precision of its weights; keeps its memory from batch to batch.
 */
export class BatchNetwork<A extends FloatArray> {
  readonly #shape: NetworkShape;
  readonly #parameters: NetworkParameters<A>;
  readonly #layers: readonly Layer<A>[];
  readonly #heads: Heads<A>;
  readonly #feedForward: FeedForward<A> | null;
  readonly #workspace: Workspace<A>;
  readonly #packer = new Packer();

  /** @param weights flat, in the order of `parameterLayout(shape)`; read at every run, not copied */
  constructor(shape: NetworkShape, weights: A) {
    this.#shape = shape;
    this.#parameters = networkParameters(shape, weights);
    const { layers, readout, feedForward } = this.#parameters;
    this.#layers = layers.map((layer) => new Layer(shape.cell, layer));
    this.#heads = new Heads(shape, readout, weights);
    this.#feedForward = feedForward && new FeedForward(shape, feedForward);
    this.#workspace = new Workspace(weights);
  }

  /** Losses of a batch and, with `options.gradient`, their gradient. */
  run(batch: WindowBatch, options: RunOptions<A>): NetworkLosses {
    const { dropout = [], gradient } = options;
    const packing = this.#packer.pack(batch);
    const features = this.#gather(batch.features, packing);
    const layers = this.#layers.length;
    const drop = (x: Matrix<A>, at: number): Matrix<A> => this.#drop(x, packing, { dropout, at });
    const input = drop(this.#embed(features), 0);
    let x = input;
    this.#layers.forEach((layer, at) => (x = drop(layer.forward(x, packing), at + 1)));
    const recurrent = this.#heads.forward(x, batch, packing);
    const pass = { batch, packing, input, factors: dropout[layers + 1] };
    const feedForward = this.#feedForward?.forward(pass) ?? null;
    const losses = this.#losses(recurrent, feedForward, options);
    if (gradient) this.#backward(gradient, { features, recurrent, feedForward, pass, dropout });
    return losses;
  }

  /** [N, F] features in the order of the packing. */
  #gather(features: Float32Array, { rows, places }: Packing): Matrix<A> {
    const width = this.#shape.features;
    const packed = this.#workspace.matrix('features', rows, width);
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < width; j++)
        packed.data[row * width + j] = features[places[row] * width + j];
    return packed;
  }

  #embed(features: Matrix<A>): Matrix<A> {
    if (!this.#shape.embeddings.length) return features;
    const out = this.#workspace.matrix('embedded', features.rows, inputWidth(this.#shape));
    embed(out, features, this.#parameters.embeddings);
    return out;
  }

  /** Input of layer `at`, or of the heads, after dropout. */
  #drop(x: Matrix<A>, packing: Packing, { dropout, at }: DropoutAt): Matrix<A> {
    if (!dropout.length) return x;
    const out = this.#workspace.matrix(`dropped ${at}`, x.rows, x.columns);
    dropOut(out, x, dropout[at], packing);
    return out;
  }

  /** Turns the outputs into the gradients of the loss. */
  #losses(
    recurrent: HeadRun<A>,
    feedForward: HeadRun<A> | null,
    { lossWeights, asPredicted }: RunOptions<A>,
  ): NetworkLosses {
    if (asPredicted) {
      if (feedForward) meanOutputs(recurrent, feedForward);
      return this.#heads.losses(recurrent, { ...lossWeights, unaided: 0 });
    }
    const losses = this.#heads.losses(recurrent, lossWeights);
    return feedForward
      ? joinLosses(losses, this.#feedForward!.heads.losses(feedForward, lossWeights))
      : losses;
  }

  #backward(flat: A, { features, recurrent, feedForward, pass, dropout }: BackwardInput<A>): void {
    flat.fill(0);
    const { packing } = pass;
    const gradient = networkParameters(this.#shape, flat);
    let dHidden = this.#heads.backward(recurrent, gradient.readout);
    const layers = this.#layers.length;
    if (dropout.length) dropOut(dHidden, dHidden, dropout[layers], packing);
    for (let at = layers - 1; at >= 0; at--) {
      const below = at ? this.#shape.units : inputWidth(this.#shape);
      const needed = at > 0 || gradient.embeddings.length > 0;
      const dX = needed ? this.#workspace.zeros(`dX ${at}`, features.rows, below) : null;
      this.#layers[at].backward(dHidden, gradient.layers[at], dX);
      if (!at && feedForward)
        this.#feedForward!.backward(feedForward, pass, { gradient: gradient.feedForward!, dX });
      if (!dX) return;
      if (dropout.length) dropOut(dX, dX, dropout[at], packing);
      dHidden = dX;
    }
    embedBackward(dHidden, features, gradient.embeddings);
  }
}

interface DropoutAt {
  readonly dropout: readonly Float32Array[];
  readonly at: number;
}

interface BackwardInput<A extends FloatArray> {
  /** [N, F]. */
  readonly features: Matrix<A>;
  readonly recurrent: HeadRun<A>;
  readonly feedForward: HeadRun<A> | null;
  readonly pass: FeedForwardRun<A>;
  readonly dropout: readonly Float32Array[];
}
