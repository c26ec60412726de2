import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  NetworkGraph,
  RecurrentNode,
} from '../../network/graph.ts';
import { addHeads } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type {
  BatchOperations,
  ForwardOperations,
  LayerBackward,
  LossOptions,
} from '../../network/operations.ts';
import { batchWidths, gather, packingOf } from '../../network/packing.ts';
import type { BatchArray, Packing, WindowBatch } from '../../network/packing.ts';
import type { FloatArray } from '../../util/math.ts';
import type { CellStates } from './cell.ts';
import { embed, embedBackward } from './embed.ts';
import { addMatches, mixExperts, mixExpertsBackward } from './experts.ts';
import type { Votes } from './experts.ts';
import { softmaxCrossEntropy, squaredError } from './losses.ts';
import {
  addColumnSums,
  dropOut,
  fillRows,
  rectify,
  rectifyBackward,
  transposed,
} from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct, addTransposedProduct } from './product.ts';
import { recurrentBackward, recurrentForward } from './recurrent.ts';
import type { RecurrentRun } from './recurrent.ts';
import { embeddingsOf, recurrentWeights, Weights } from './weights.ts';
import { Workspace } from './workspace.ts';

/** The definition of what batches and single steps compute alike, in the precision of the weights. */
export abstract class ReferenceForward<A extends FloatArray> implements ForwardOperations<
  Matrix<A>
> {
  readonly graph: NetworkGraph;
  protected readonly parameters: Weights<A>;
  protected readonly workspace: Workspace<A>;
  /** Which rows there are, and [N, F] their features. */
  protected packing!: Packing;
  protected features!: Matrix<A>;
  /** What recurrent layers computed, by `index`. */
  protected readonly runs: RecurrentRun<A>[] = [];

  /** Throws RangeError when the number of weights is not that of the graph. */
  constructor(graph: NetworkGraph, weights: A) {
    this.graph = graph;
    this.parameters = new Weights(graph, weights);
    this.parameters.set(weights);
    this.workspace = new Workspace(weights);
  }

  embed(node: EmbedNode): Matrix<A> {
    const out = this.workspace.matrix('input', this.packing.rows, node.width);
    embed(out, this.features, embeddingsOf(node, this.parameters));
    return out;
  }

  layer(node: LayerNode, x: Matrix<A>): Matrix<A> {
    return node.kind === 'recurrent' ? this.recurrent(node, x) : this.#dense(node, x);
  }

  /** Adds the matches' share to the gates. */
  addMatches({ votes }: HeadsNode, outputs: Matrix<A>): void {
    for (const { gate, matches } of votes)
      addMatches(outputs, { gate, weights: this.parameters.of(matches), features: this.features });
  }

  #dense(node: DenseNode, x: Matrix<A>): Matrix<A> {
    const out = this.workspace.matrix(`${node.index} result`, x.rows, node.width);
    fillRows(out, this.parameters.of(node.bias));
    addProduct(out, x, this.parameters.of(node.weights));
    if (node.rectify) rectify(out);
    return out;
  }

  /** @param start [B, H] the states before the first step; null for zeros */
  protected recurrent(
    node: RecurrentNode,
    x: Matrix<A>,
    start: CellStates<A> | null = null,
  ): Matrix<A> {
    const { cell, index, width } = node;
    const weights = recurrentWeights(node, this.parameters);
    const gates = weights.inputBias.columns;
    const part = (name: string, columns: number): Matrix<A> =>
      this.workspace.matrix(`${index} ${name}`, x.rows, columns);
    const trace = {
      gates: part('gates', gates),
      recurrent: part('recurrent', gates),
      cell: part('cell', width),
      tanhCell: part('tanhCell', width),
      hidden: part('result', width),
    };
    const run = { cell, packing: this.packing, x, weights, trace };
    recurrentForward(run, start);
    this.runs[index] = run;
    return trace.hidden;
  }
}

/** The definition of every operation on batches. */
export class ReferenceBatch<A extends FloatArray>
  extends ReferenceForward<A>
  implements BatchOperations<Matrix<A>, NetworkLosses>
{
  /** Laid out like the weights. */
  protected readonly gradients = new Weights(this.graph, this.parameters.data);
  readonly #widths = batchWidths(this.graph);
  /** What the network reads of a batch, and dropout factors, with a row for each that is computed. */
  readonly #given = new Map<BatchArray, Matrix<A>>();
  #dropout: readonly Matrix<A>[] = [];
  /** What layers computed, before dropout, by `index`. */
  readonly #results: Matrix<A>[] = [];

  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void {
    this.packing = packingOf(batch);
    for (const [name, width] of this.#widths) {
      const values = batch[name];
      if (values) this.#given.set(name, this.#gather(name, values, width));
      else this.#given.delete(name);
    }
    this.features = this.#of('features');
    this.#dropout = dropout.map((factors, i) =>
      this.#gather(`factors ${i}`, factors, this.graph.dropped[i]),
    );
  }

  override embed(node: EmbedNode): Matrix<A> {
    const out = super.embed(node);
    this.#drop(out, node);
    return out;
  }

  embedBackward(node: EmbedNode, dOut: Matrix<A>): void {
    this.#drop(dOut, node);
    embedBackward(dOut, this.features, embeddingsOf(node, this.gradients));
  }

  /** After dropout. */
  override layer(node: LayerNode, x: Matrix<A>): Matrix<A> {
    const result = super.layer(node, x);
    this.#results[node.index] = result;
    if (!this.#dropout[node.dropout]) return result;
    // The result itself is needed in the backward pass.
    const { rows, columns } = result;
    const out = this.workspace.matrix(`${node.index} dropped`, rows, columns);
    out.data.set(result.data.subarray(0, rows * columns));
    this.#drop(out, node);
    return out;
  }

  layerBackward(node: LayerNode, run: LayerBackward<Matrix<A>>): Matrix<A> | null {
    const { x, dOut, needed } = run;
    this.#drop(dOut, node);
    const zeros = (): Matrix<A> => this.workspace.zeros(`${node.index} dX`, x.rows, node.inputs);
    const dX = needed ? (run.dX ?? zeros()) : null;
    if (node.kind === 'recurrent') {
      const carry = this.workspace.zeros('carry', this.packing.active[0] ?? 0, node.width);
      const gradient = recurrentWeights(node, this.gradients);
      recurrentBackward(this.runs[node.index], { dHidden: dOut, carry, gradient, dX });
    } else {
      if (node.rectify) rectifyBackward(dOut, this.#results[node.index]);
      addTransposedProduct(this.gradients.of(node.weights), x, dOut);
      addColumnSums(this.gradients.of(node.bias), dOut);
      if (dX) addProduct(dX, dOut, transposed(this.parameters.of(node.weights)));
    }
    return dX;
  }

  mixExperts(node: HeadsNode, outputs: Matrix<A>): void {
    this.addMatches(node, outputs);
    for (const votes of this.#votesOf(node)) mixExperts(outputs, votes);
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: Matrix<A>): void {
    for (const votes of this.#votesOf(node)) {
      const dWeights = this.gradients.of(votes.vote.matches);
      mixExpertsBackward(dOutputs, votes, { features: this.features, dWeights });
    }
  }

  mean(a: Matrix<A>, b: Matrix<A>): void {
    for (let i = 0; i < a.rows * a.columns; i++) a.data[i] = (a.data[i] + b.data[i]) / 2;
  }

  losses(node: HeadsNode, outputs: Matrix<A>, options: LossOptions): NetworkLosses {
    const mask = this.#of('mask').data;
    return addHeads(node, options, ({ column, size, loss }, scale) => {
      const head = { column, size, mask, scale, targets: this.#of(loss.targets).data };
      if (loss.kind === 'squaredError') return squaredError(outputs, head);
      const soft = loss.soft ? this.#given.get('softActions')?.data : undefined;
      return softmaxCrossEntropy(outputs, { ...head, soft });
    });
  }

  beginBackward(): void {
    this.gradients.data.fill(0);
  }

  /** Rows in the order of the packing of an array [places, width]. */
  #gather(name: string, from: Float32Array | Int32Array, width: number): Matrix<A> {
    const to = this.workspace.matrix(name, this.packing.rows, width);
    gather(from, to.data, this.packing, { width });
    return to;
  }

  #of(name: BatchArray): Matrix<A> {
    const matrix = this.#given.get(name);
    if (!matrix) throw new RangeError(`a batch for this network has "${name}"`);
    return matrix;
  }

  #votesOf({ votes }: HeadsNode): Votes[] {
    return votes.map((vote) => ({ vote, logs: this.#of(vote.logs), mask: this.#of('mask') }));
  }

  /** Multiplies by dropout factors, where there are any. */
  #drop(x: Matrix<A>, { dropout }: { readonly dropout: number }): void {
    const factors = this.#dropout[dropout];
    if (factors) dropOut(x, factors);
  }
}
