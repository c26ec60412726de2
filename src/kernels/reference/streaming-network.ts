import type { NetworkShape } from '../../network/shape.ts';
import { gateRows, inputWidth, matchColumn } from '../../network/shape.ts';
import type { FloatArray } from '../../util/math.ts';
import type { NetworkOutput, NetworkState, Streaming } from '../../network/streaming.ts';
import { embed } from './embed.ts';
import type { Embedding } from './embed.ts';
import { gruCell } from './gru-cell.ts';
import type { GruCellRows } from './gru-cell.ts';
import { lstmCell } from './lstm-cell.ts';
import type { LstmCellRows } from './lstm-cell.ts';
import { fillRows, rectify, transposed, zeroMatrix, zerosLike } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { networkParameters } from './network-parameters.ts';
import type { LayerParameters } from './network-parameters.ts';
import { addProduct } from './product.ts';
import { meanOutput, StreamingHeads } from './streaming-heads.ts';

interface StreamingFeedForward<A extends FloatArray> {
  /** [I, Q]. */
  readonly weights: Matrix<A>;
  readonly bias: Matrix<A>;
  readonly hidden: Matrix<A>;
  readonly heads: StreamingHeads<A>;
}

/**
 * A network that takes one step at a time, for prediction. Many characters can share it: each has a
 * state. A step allocates nothing and skips features that are zero. The weights are copied.
 */
export class StreamingNetwork<A extends FloatArray = Float32Array> implements Streaming<A> {
  readonly engine = 'cpu';
  readonly #shape: NetworkShape;
  readonly #weights: A;
  readonly #embeddings: readonly Embedding[];
  /** Matrices transposed to [I, G] and [H, G], so that a step walks through contiguous memory. */
  readonly #layers: readonly LayerParameters<A>[];
  readonly #heads: StreamingHeads<A>;
  readonly #feedForward: StreamingFeedForward<A> | null;
  readonly #matchFeatures = (): { data: A; offset: number } => ({
    data: this.#features.data,
    offset: matchColumn(this.#shape),
  });
  /** [1, F], and [1, inputWidth] after embeddings. */
  readonly #features: Matrix<A>;
  readonly #input: Matrix<A>;
  /** Scratch memory of the current layer, one row each. */
  readonly #before: Matrix<A>;
  readonly #cellBefore: A;
  readonly #gates: Matrix<A>;
  readonly #recurrent: Matrix<A>;
  readonly #hidden: Matrix<A>;
  readonly #lstmRows: LstmCellRows;
  readonly #gruRows: GruCellRows;

  /** Throws RangeError when the number of weights is not that of the shape. */
  constructor(shape: NetworkShape, weights: A) {
    this.#shape = shape;
    this.#weights = weights;
    const { units, features } = shape;
    const row = (columns: number): Matrix<A> => zeroMatrix(weights, 1, columns);
    const { embeddings, layers, readout, feedForward } = networkParameters(
      shape,
      weights.slice() as A,
    );
    this.#embeddings = embeddings;
    this.#layers = layers.map((layer) => ({
      ...layer,
      inputWeights: transposed(layer.inputWeights),
      recurrentWeights: transposed(layer.recurrentWeights),
    }));
    this.#features = row(features);
    this.#input = embeddings.length ? row(inputWidth(shape)) : this.#features;
    this.#before = row(units);
    this.#cellBefore = zerosLike(weights, units);
    this.#gates = row(gateRows(shape));
    this.#recurrent = row(gateRows(shape));
    this.#hidden = row(units);
    this.#lstmRows = {
      gates: this.#gates.data,
      before: this.#cellBefore,
      cell: zerosLike(weights, units),
      tanhCell: zerosLike(weights, units),
      hidden: this.#hidden.data,
    };
    this.#gruRows = {
      gates: this.#gates.data,
      recurrent: this.#recurrent.data,
      before: this.#before.data,
      hidden: this.#hidden.data,
    };
    this.#heads = new StreamingHeads(readout, weights);
    this.#feedForward = feedForward && {
      weights: transposed(feedForward.hidden.weights),
      bias: feedForward.hidden.bias,
      hidden: row(feedForward.hidden.weights.rows),
      heads: new StreamingHeads(feedForward.readout, weights),
    };
  }

  createState(): NetworkState<A> {
    const { cell, layers, units } = this.#shape;
    return {
      hidden: zerosLike(this.#weights, layers * units),
      cell: zerosLike(this.#weights, cell === 'lstm' ? layers * units : 0),
    };
  }

  resetState(state: NetworkState<A>): void {
    state.hidden.fill(0);
    state.cell.fill(0);
  }

  step(state: NetworkState<A>, features: FloatArray): NetworkOutput<A> {
    this.#features.data.set(features);
    if (this.#embeddings.length) embed(this.#input, this.#features, this.#embeddings);
    for (let layer = 0; layer < this.#layers.length; layer++)
      this.#stepLayer(state, layer, layer ? this.#hidden : this.#input);
    this.#heads.step(this.#hidden, this.#matchFeatures);
    if (this.#feedForward) this.#stepFeedForward(this.#feedForward);
    return this.#heads.output;
  }

  #stepFeedForward({ weights, bias, hidden, heads }: StreamingFeedForward<A>): void {
    fillRows(hidden, bias);
    addProduct(hidden, this.#input, weights);
    rectify(hidden);
    heads.step(hidden, this.#matchFeatures);
    meanOutput(this.#heads.output, heads.output);
  }

  /** One after the other: without SIMD, computing them together would not be faster. */
  stepMany(
    states: readonly NetworkState<A>[],
    features: FloatArray,
    each: (output: NetworkOutput<A>, index: number) => void,
  ): void {
    const width = this.#shape.features;
    for (let i = 0; i < states.length; i++)
      each(this.step(states[i], features.subarray(i * width, (i + 1) * width)), i);
  }

  /** Leaves the layer's new hidden state in `#hidden`; `x` may be that of the layer below. */
  #stepLayer(state: NetworkState<A>, layer: number, x: Matrix): void {
    const { inputWeights, recurrentWeights, inputBias, recurrentBias } = this.#layers[layer];
    const { cell, units } = this.#shape;
    const start = layer * units;
    for (let j = 0; j < units; j++) this.#before.data[j] = state.hidden[start + j];
    fillRows(this.#gates, inputBias);
    fillRows(this.#recurrent, recurrentBias);
    addProduct(this.#gates, x, inputWeights);
    addProduct(this.#recurrent, this.#before, recurrentWeights);
    if (cell === 'lstm') {
      for (let j = 0; j < units; j++) this.#cellBefore[j] = state.cell[start + j];
      for (let j = 0; j < 4 * units; j++) this.#gates.data[j] += this.#recurrent.data[j];
      lstmCell(this.#lstmRows, units, 0, 0);
      for (let j = 0; j < units; j++) state.cell[start + j] = this.#lstmRows.cell[j];
    } else gruCell(this.#gruRows, units, 0, 0);
    for (let j = 0; j < units; j++) state.hidden[start + j] = this.#hidden.data[j];
  }
}
