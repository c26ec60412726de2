import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  RecurrentNode,
} from '../../network/graph.ts';
import type { StepOperations } from '../../network/operations.ts';
import type { NetworkState } from '../../network/streaming.ts';
import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { CellStep } from './cell.ts';
import { embedRow } from './embed.ts';
import type { Embedding } from './embed.ts';
import { addMatches } from './experts.ts';
import { fillRows, rectify, zeroMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct } from './product.ts';
import { recurrentStep } from './recurrent.ts';
import type { RecurrentWeights } from './recurrent.ts';
import { embeddingsOf, recurrentWeights } from './weights.ts';
import type { Weights } from './weights.ts';

/** Memory of one recurrent layer for some characters. */
interface Layer<A extends FloatArray> extends CellStep<A> {
  readonly weights: RecurrentWeights<A>;
}

/** Memory for so many characters. A step allocates nothing while their number stays the same. */
interface StepMemory<A extends FloatArray> {
  readonly count: number;
  readonly features: A;
  readonly input: Matrix<A>;
  readonly embeddings: readonly Embedding[];
  /** By `layer`. */
  readonly layers: readonly Layer<A>[];
  /** Results of dense layers, by `index`. Those of all heads are in one array. */
  readonly dense: readonly Matrix<A>[];
  readonly outputs: A;
}

/** The definition of every operation on steps, in the precision of the weights. */
export class ReferenceStepOperations<A extends FloatArray> implements StepOperations<A, Matrix<A>> {
  readonly engine = 'cpu';
  readonly #weights: Weights<A>;
  #memory: StepMemory<A>;

  constructor(weights: Weights<A>) {
    this.#weights = weights;
    this.#memory = this.#reserve(1);
  }

  setWeights(weights: A): void {
    this.#weights.set(weights);
  }

  begin(features: FloatArray, count: number): void {
    if (count !== this.#memory.count) this.#memory = this.#reserve(count);
    this.#memory.features.set(features);
  }

  load(row: number, { hidden, cell }: NetworkState<A>): void {
    this.#memory.layers.forEach(({ before }, layer) => {
      const { columns } = before.hidden;
      for (let j = 0; j < columns; j++) {
        before.hidden.data[row * columns + j] = hidden[layer * columns + j];
        if (cell.length) before.cell.data[row * columns + j] = cell[layer * columns + j];
      }
    });
  }

  store(row: number, { hidden, cell }: NetworkState<A>): void {
    this.#memory.layers.forEach(({ trace }, layer) => {
      const { columns } = trace.hidden;
      for (let j = 0; j < columns; j++) {
        hidden[layer * columns + j] = trace.hidden.data[row * columns + j];
        if (cell.length) cell[layer * columns + j] = trace.cell.data[row * columns + j];
      }
    });
  }

  embed({ inputs }: EmbedNode): Matrix<A> {
    const { count, features, input, embeddings } = this.#memory;
    for (let row = 0; row < count; row++)
      embedRow(input, row, { features, from: row * inputs, blocks: embeddings });
    return input;
  }

  recurrent({ cell, layer }: RecurrentNode, x: Matrix<A>): Matrix<A> {
    const memory = this.#memory.layers[layer];
    recurrentStep(cell, memory, { x, weights: memory.weights });
    return memory.trace.hidden;
  }

  dense(node: DenseNode, x: Matrix<A>): Matrix<A> {
    const out = this.#memory.dense[node.index];
    fillRows(out, this.#weights.of(node.bias));
    addProduct(out, x, this.#weights.of(node.weights));
    if (node.rectify) rectify(out);
    return out;
  }

  addMatches(node: HeadsNode, outputs: Matrix<A>): void {
    const { features, count } = this.#memory;
    const width = features.length / count;
    const featuresOf = (row: number): FloatArray =>
      features.subarray(row * width, (row + 1) * width);
    for (const vote of node.votes)
      addMatches({ vote, outputs, features: featuresOf }, this.#weights.of(vote.matches));
  }

  get floats(): A {
    return this.#memory.outputs;
  }

  at(_node: HeadsNode, { offset, columns }: Matrix<A>, row: number): number {
    return offset + row * columns;
  }

  #reserve(count: number): StepMemory<A> {
    const weights = this.#weights;
    const { shape, input, branches } = weights.layout.graph;
    const table = (columns: number): Matrix<A> => zeroMatrix(weights.data, count, columns);
    const layers: Layer<A>[] = [];
    const dense: Matrix<A>[] = [];
    const add = (node: LayerNode): void => {
      if (node.kind === 'dense') dense[node.index] = table(node.width);
      else layers[node.layer] = layerMemory(recurrentWeights(node, weights), table);
    };
    const heads = branches.map((branch) => branch.heads.linear);
    const width = heads.reduce((sum, node) => sum + node.width, 0);
    const outputs = zerosLike(weights.data, count * width);
    let offset = 0;
    for (const branch of branches) branch.layers.forEach(add);
    for (const { index, width: columns } of heads) {
      dense[index] = { data: outputs, offset, rows: count, columns };
      offset += count * columns;
    }
    return {
      count,
      features: zerosLike(weights.data, count * shape.features),
      input: table(input.width),
      embeddings: embeddingsOf(input, weights),
      layers,
      dense,
      outputs,
    };
  }
}

function layerMemory<A extends FloatArray>(
  weights: RecurrentWeights<A>,
  table: (columns: number) => Matrix<A>,
): Layer<A> {
  const [units, gates] = [weights.recurrentWeights.rows, weights.inputBias.columns];
  return {
    weights,
    before: { hidden: table(units), cell: table(units) },
    trace: {
      gates: table(gates),
      recurrent: table(gates),
      cell: table(units),
      tanhCell: table(units),
      hidden: table(units),
    },
  };
}
