import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  RecurrentNode,
  Vote,
} from '../../network/graph.ts';
import { addHeads } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type {
  BatchOperations,
  ForwardOperations,
  LayerBackward,
  LossOptions,
} from '../../network/operations.ts';
import { Packer } from '../../network/packing.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import type { FloatArray } from '../../util/math.ts';
import { embedRow, embedRowBackward } from './embed.ts';
import { addMatches, mixExperts, mixExpertsBackward } from './experts.ts';
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
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { squaredError } from './squared-error.ts';
import { embeddingsOf, recurrentWeights } from './weights.ts';
import type { Weights } from './weights.ts';
import { Workspace } from './workspace.ts';

/** The batch in work. */
interface Current {
  readonly batch: WindowBatch;
  readonly packing: Packing;
  readonly dropout: readonly Float32Array[];
}

/** The definition of what batches and single steps compute alike, in the precision of the weights. */
export abstract class ReferenceForward<A extends FloatArray> implements ForwardOperations<
  Matrix<A>
> {
  protected readonly weights: Weights<A>;
  protected readonly workspace: Workspace<A>;
  /** N. */
  protected rows = 0;

  constructor(weights: Weights<A>) {
    this.weights = weights;
    this.workspace = new Workspace(weights.data);
  }

  /** [F] features of a row. */
  protected abstract featuresOf(row: number): FloatArray;

  protected abstract recurrent(node: RecurrentNode, x: Matrix<A>): Matrix<A>;

  embed(node: EmbedNode): Matrix<A> {
    const out = this.workspace.matrix('input', this.rows, node.width);
    const blocks = embeddingsOf(node, this.weights);
    for (let row = 0; row < this.rows; row++) embedRow(out, row, this.featuresOf(row), blocks);
    return out;
  }

  layer(node: LayerNode, x: Matrix<A>): Matrix<A> {
    return node.kind === 'recurrent' ? this.recurrent(node, x) : this.dense(node, x);
  }

  /** Adds the matches' share to the gates. */
  addMatches({ votes }: HeadsNode, outputs: Matrix<A>): void {
    for (const { gate, matches } of votes)
      for (let row = 0; row < this.rows; row++)
        addMatches(outputs, row, {
          gate,
          weights: this.weights.of(matches),
          features: this.featuresOf(row),
        });
  }

  protected dense(node: DenseNode, x: Matrix<A>): Matrix<A> {
    const out = this.workspace.matrix(`${node.index} result`, x.rows, node.width);
    fillRows(out, this.weights.of(node.bias));
    addProduct(out, x, this.weights.of(node.weights));
    if (node.rectify) rectify(out);
    return out;
  }

  /** A recurrent layer's weights, and room for what it computes. */
  protected recurrentRun(node: RecurrentNode, x: Matrix<A>): Omit<RecurrentRun<A>, 'packing'> {
    const { cell, index, width } = node;
    const weights = recurrentWeights(node, this.weights);
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
    return { cell, x, weights, trace };
  }
}

/** The definition of every operation on batches. */
export class ReferenceBatch<A extends FloatArray>
  extends ReferenceForward<A>
  implements BatchOperations<Matrix<A>, NetworkLosses>
{
  readonly #gradient: Weights<A>;
  readonly #packer = new Packer();
  /** What layers computed, before dropout, and forward passes of recurrent ones; by `index`. */
  readonly #results: Matrix<A>[] = [];
  readonly #runs: RecurrentRun<A>[] = [];
  #current: Current | null = null;

  /** @param gradient laid out like the weights */
  constructor(weights: Weights<A>, gradient: Weights<A>) {
    super(weights);
    this.#gradient = gradient;
  }

  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void {
    const packing = this.#packer.pack(batch);
    this.#current = { batch, packing, dropout };
    this.rows = packing.rows;
  }

  override embed(node: EmbedNode): Matrix<A> {
    const out = super.embed(node);
    this.#drop(out, node);
    return out;
  }

  embedBackward(node: EmbedNode, dOut: Matrix<A>): void {
    this.#drop(dOut, node);
    const blocks = embeddingsOf(node, this.#gradient);
    for (let row = 0; row < dOut.rows; row++)
      embedRowBackward(dOut, row, this.featuresOf(row), blocks);
  }

  /** After dropout. */
  override layer(node: LayerNode, x: Matrix<A>): Matrix<A> {
    const result = super.layer(node, x);
    this.#results[node.index] = result;
    if (!this.#now.dropout[node.dropout]) return result;
    // The result itself is needed in the backward pass.
    const { rows, columns } = result;
    const out = this.workspace.matrix(`${node.index} dropped`, rows, columns);
    out.data.set(result.data.subarray(0, rows * columns));
    this.#drop(out, node);
    return out;
  }

  layerBackward(node: LayerNode, run: LayerBackward<Matrix<A>>): Matrix<A> | null {
    this.#drop(run.dOut, node);
    const dX = run.needed
      ? (run.dX ?? this.workspace.zeros(`${node.index} dX`, run.x.rows, node.inputs))
      : null;
    if (node.kind === 'recurrent') this.#recurrentBackward(node, run, dX);
    else this.#denseBackward(node, run, dX);
    return dX;
  }

  protected recurrent(node: RecurrentNode, x: Matrix<A>): Matrix<A> {
    const run = { ...this.recurrentRun(node, x), packing: this.#now.packing };
    recurrentForward(run);
    this.#runs[node.index] = run;
    return run.trace.hidden;
  }

  #recurrentBackward(
    node: RecurrentNode,
    { dOut: dHidden }: LayerBackward<Matrix<A>>,
    dX: Matrix<A> | null,
  ): void {
    const { active } = this.#now.packing;
    const carry = this.workspace.matrix('carry', active[0], node.width);
    const gradient = recurrentWeights(node, this.#gradient);
    recurrentBackward(this.#runs[node.index], { dHidden, carry, gradient, dX });
  }

  #denseBackward(
    node: DenseNode,
    { x, dOut }: LayerBackward<Matrix<A>>,
    dX: Matrix<A> | null,
  ): void {
    if (node.rectify) rectifyBackward(dOut, this.#results[node.index]);
    addTransposedProduct(this.#gradient.of(node.weights), x, dOut);
    addColumnSums(this.#gradient.of(node.bias), dOut);
    if (dX) addProduct(dX, dOut, transposed(this.weights.of(node.weights)));
  }

  mixExperts(node: HeadsNode, outputs: Matrix<A>): void {
    this.addMatches(node, outputs);
    for (const { vote, row, logs } of this.#targetsOf(node)) mixExperts(outputs, row, vote, logs);
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: Matrix<A>): void {
    for (const { vote, row, logs } of this.#targetsOf(node))
      mixExpertsBackward(dOutputs, row, {
        vote,
        logs,
        features: this.featuresOf(row),
        dWeights: this.#gradient.of(vote.matches),
      });
  }

  mean(a: Matrix<A>, b: Matrix<A>): void {
    for (let i = 0; i < a.rows * a.columns; i++) a.data[i] = (a.data[i] + b.data[i]) / 2;
  }

  losses(node: HeadsNode, outputs: Matrix<A>, options: LossOptions): NetworkLosses {
    const { batch, packing } = this.#now;
    const { mask } = batch;
    return addHeads(node, options, ({ column, size, loss }, scale) => {
      const head = { packing, column, size, mask, scale };
      if (loss.kind === 'squaredError')
        return squaredError(outputs, { ...head, targets: batch[loss.targets] });
      const soft = loss.soft ? batch.softActions : undefined;
      return softmaxCrossEntropy(outputs, { ...head, targets: batch[loss.targets], soft });
    });
  }

  beginBackward(): void {
    this.#gradient.data.fill(0);
  }

  get #now(): Current {
    if (!this.#current) throw new RangeError('no batch was begun');
    return this.#current;
  }

  protected featuresOf(row: number): Float32Array {
    const { batch, packing } = this.#now;
    const { inputs } = this.weights.layout.graph.input;
    const from = packing.places[row] * inputs;
    return batch.features.subarray(from, from + inputs);
  }

  /** All rows for each vote, with the experts' log-probabilities where there is a target. */
  *#targetsOf({
    votes,
  }: HeadsNode): Generator<{ vote: Vote; row: number; logs: FloatArray | null }> {
    const { batch, packing } = this.#now;
    for (const vote of votes) {
      const all = batch[vote.logs];
      const size = vote.gate.size * vote.logits.size;
      for (let row = 0; row < this.rows; row++) {
        const place = packing.places[row];
        const logs = batch.mask[place] ? all?.subarray(place * size, (place + 1) * size) : null;
        yield { vote, row, logs: logs ?? null };
      }
    }
  }

  /** Multiplies by dropout factors, where there are any. */
  #drop(x: Matrix<A>, { dropout }: { readonly dropout: number }): void {
    const factors = this.#now.dropout[dropout];
    if (factors) dropOut(x, factors, this.#now.packing.places);
  }
}
