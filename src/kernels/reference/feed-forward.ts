import type { NetworkShape } from '../../network/shape.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import { dropOut } from './dropout.ts';
import { Heads } from './heads.ts';
import type { HeadRun } from './heads.ts';
import { linear, linearBackward } from './linear.ts';
import { rectify, transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { FeedForwardParameters } from './network-parameters.ts';
import { Workspace } from './workspace.ts';

/** One pass of a batch through the feed-forward network. */
export interface FeedForwardRun<A extends FloatArray> {
  readonly batch: WindowBatch;
  readonly packing: Packing;
  /** [N, I] the first recurrent layer's input. */
  readonly input: Matrix<A>;
  /** Dropout factors of its hidden units [places, Q]; none without dropout. */
  readonly factors?: Float32Array;
}

/** One layer of rectified linear units (Nair and Hinton 2010), max(0, W x + b), with its own heads. */
export class FeedForward<A extends FloatArray> {
  readonly heads: Heads<A>;
  readonly #parameters: FeedForwardParameters<A>;
  readonly #workspace: Workspace<A>;

  constructor(shape: NetworkShape, parameters: FeedForwardParameters<A>) {
    this.#parameters = parameters;
    const { data } = parameters.hidden.weights;
    this.#workspace = new Workspace(data);
    this.heads = new Heads(shape, parameters.readout, data);
  }

  forward({ batch, packing, input, factors }: FeedForwardRun<A>): HeadRun<A> {
    const { weights, bias } = this.#parameters.hidden;
    const transposed = this.#workspace.matrix('weights', weights.columns, weights.rows);
    transpose(transposed, weights);
    const hidden = this.#workspace.matrix('hidden', input.rows, weights.rows);
    linear(hidden, input, { weights: transposed, bias });
    rectify(hidden);
    let top = hidden;
    if (factors) {
      top = this.#workspace.matrix('dropped', input.rows, weights.rows);
      dropOut(top, hidden, factors, packing);
    }
    return this.heads.forward(top, batch, packing);
  }

  /** Adds the gradient of the weights to `gradient`, and that of the input to `dX` unless that is null. */
  backward(
    run: HeadRun<A>,
    { packing, input, factors }: FeedForwardRun<A>,
    {
      gradient,
      dX,
    }: { readonly gradient: FeedForwardParameters<A>; readonly dX: Matrix<A> | null },
  ): void {
    const dOut = this.heads.backward(run, gradient.readout);
    if (factors) dropOut(dOut, dOut, factors, packing);
    const { data, offset } = this.#workspace.matrix('hidden', dOut.rows, dOut.columns);
    for (let i = 0; i < dOut.rows * dOut.columns; i++)
      if (data[offset + i] === 0) dOut.data[dOut.offset + i] = 0;
    const { weights } = this.#parameters.hidden;
    linearBackward({ dOut, x: input, weights, gradient: gradient.hidden, dX });
  }
}
