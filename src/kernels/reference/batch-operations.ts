import type { DenseNode, EmbedNode, HeadsNode, RecurrentNode } from '../../network/graph.ts';
import { NO_LOSSES } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type { BatchOperations, LayerBackward, LossOptions } from '../../network/operations.ts';
import { Packer } from '../../network/packing.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import type { FloatArray } from '../../util/math.ts';
import { embedRow, embedRowBackward } from './embed.ts';
import { addMatches, mixExperts, mixExpertsBackward } from './experts.ts';
import type { VoteRows } from './experts.ts';
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

/** The definition of every operation on batches, in the precision of the weights. */
export class ReferenceBatchOperations<A extends FloatArray> implements BatchOperations<
  Matrix<A>,
  NetworkLosses
> {
  readonly #weights: Weights<A>;
  readonly #gradient: Weights<A>;
  readonly #packer = new Packer();
  readonly #workspace: Workspace<A>;
  /** Forward passes of recurrent layers, by `layer`. */
  readonly #runs: RecurrentRun<A>[] = [];
  /** Results of rectified layers before dropout, by `index`. */
  readonly #rectified: Matrix<A>[] = [];
  #current: Current | null = null;

  /** @param gradient laid out like the weights */
  constructor(weights: Weights<A>, gradient: Weights<A>) {
    this.#weights = weights;
    this.#gradient = gradient;
    this.#workspace = new Workspace(weights.data);
  }

  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void {
    this.#current = { batch, packing: this.#packer.pack(batch), dropout };
  }

  embed(node: EmbedNode): Matrix<A> {
    const { rows } = this.#now.packing;
    const out = this.#workspace.matrix('input', rows, node.width);
    const blocks = embeddingsOf(node, this.#weights);
    for (let row = 0; row < rows; row++)
      embedRow(out, row, { features: this.#featuresOf(row, node.inputs), from: 0, blocks });
    this.#drop(out, node);
    return out;
  }

  embedBackward(node: EmbedNode, dOut: Matrix<A>): void {
    this.#drop(dOut, node);
    const blocks = embeddingsOf(node, this.#gradient);
    for (let row = 0; row < dOut.rows; row++)
      embedRowBackward(dOut, row, {
        features: this.#featuresOf(row, node.inputs),
        from: 0,
        blocks,
      });
  }

  recurrent(node: RecurrentNode, x: Matrix<A>): Matrix<A> {
    const { packing } = this.#now;
    const { cell, layer, width } = node;
    const weights = recurrentWeights(node, this.#weights);
    const gates = weights.inputBias.columns;
    const part = (name: string, columns: number): Matrix<A> =>
      this.#workspace.matrix(`${layer} ${name}`, x.rows, columns);
    const trace = {
      gates: part('gates', gates),
      recurrent: part('recurrent', gates),
      cell: part('cell', width),
      tanhCell: part('tanhCell', width),
      hidden: part('hidden', width),
    };
    const run = { cell, packing, x, weights, trace };
    recurrentForward(run);
    this.#runs[layer] = run;
    return this.#dropped(trace.hidden, node);
  }

  recurrentBackward(
    node: RecurrentNode,
    { x, dOut, dX, needed }: LayerBackward<Matrix<A>>,
  ): Matrix<A> | null {
    this.#drop(dOut, node);
    const into = this.#gradientOf(node, { x, dX, needed });
    recurrentBackward(this.#runs[node.layer], {
      dHidden: dOut,
      carry: this.#workspace.matrix('carry', this.#now.packing.active[0], node.width),
      gradient: recurrentWeights(node, this.#gradient),
      dX: into,
    });
    return into;
  }

  dense(node: DenseNode, x: Matrix<A>): Matrix<A> {
    const out = this.#workspace.matrix(`${node.index} dense`, x.rows, node.width);
    fillRows(out, this.#weights.of(node.bias));
    addProduct(out, x, this.#weights.of(node.weights));
    if (!node.rectify) return out;
    rectify(out);
    this.#rectified[node.index] = out;
    return this.#dropped(out, node);
  }

  denseBackward(
    node: DenseNode,
    { x, dOut, dX, needed }: LayerBackward<Matrix<A>>,
  ): Matrix<A> | null {
    this.#drop(dOut, node);
    if (node.rectify) rectifyBackward(dOut, this.#rectified[node.index]);
    addTransposedProduct(this.#gradient.of(node.weights), x, dOut);
    addColumnSums(this.#gradient.of(node.bias), dOut);
    const into = this.#gradientOf(node, { x, dX, needed });
    if (into) addProduct(into, dOut, transposed(this.#weights.of(node.weights)));
    return into;
  }

  mixExperts(node: HeadsNode, outputs: Matrix<A>): void {
    for (const rows of this.#votes(node, outputs)) {
      addMatches(rows, this.#weights.of(rows.vote.matches));
      mixExperts(rows);
    }
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: Matrix<A>): void {
    for (const rows of this.#votes(node, dOutputs))
      mixExpertsBackward(rows, this.#gradient.of(rows.vote.matches));
  }

  mean(a: Matrix<A>, b: Matrix<A>): void {
    for (let i = 0; i < a.rows * a.columns; i++) a.data[i] = (a.data[i] + b.data[i]) / 2;
  }

  losses(
    node: HeadsNode,
    outputs: Matrix<A>,
    { lossWeights, targets }: LossOptions,
  ): NetworkLosses {
    const { batch, packing } = this.#now;
    const mean = 1 / (targets || 1);
    const found = { ...NO_LOSSES, targets };
    for (const { name, column, size, loss } of node.heads) {
      if (!loss) continue;
      const scale = lossWeights[loss.name] * mean;
      const head = { packing, column, size, mask: batch.mask, scale };
      let value: number;
      if (loss.kind === 'crossEntropy') {
        const soft = loss.soft ? batch.softActions : undefined;
        const entropy = softmaxCrossEntropy(outputs, {
          ...head,
          targets: batch[loss.targets],
          soft,
        });
        value = entropy.loss * mean;
        if (name === 'action') found.correct = entropy.correct;
      } else value = squaredError(outputs, { ...head, targets: batch[loss.targets] }) * mean;
      if (loss.name !== 'unaided') found[loss.name] = value;
      found.loss += lossWeights[loss.name] * value;
    }
    return found;
  }

  beginBackward(): void {
    this.#gradient.data.fill(0);
  }

  get #now(): Current {
    if (!this.#current) throw new RangeError('no batch was begun');
    return this.#current;
  }

  #featuresOf(row: number, width: number): Float32Array {
    const { batch, packing } = this.#now;
    const from = packing.places[row] * width;
    return batch.features.subarray(from, from + width);
  }

  #votes(node: HeadsNode, outputs: Matrix<A>): VoteRows[] {
    const { batch, packing } = this.#now;
    const { features: inputs } = this.#weights.layout.graph.shape;
    return node.votes.map((vote) => {
      const logs = batch[vote.logs];
      const size = vote.gate.size * vote.logits.size;
      return {
        vote,
        outputs,
        features: (row) => this.#featuresOf(row, inputs),
        logs: (row) => {
          const place = packing.places[row];
          return logs && batch.mask[place] ? logs.subarray(place * size, (place + 1) * size) : null;
        },
      };
    });
  }

  /** A copy of a layer's result, whose own is still needed, after dropout. */
  #dropped(
    result: Matrix<A>,
    node: { readonly index: number; readonly dropout: number },
  ): Matrix<A> {
    if (!this.#now.dropout.length) return result;
    const out = this.#workspace.matrix(`${node.index} dropped`, result.rows, result.columns);
    out.data.set(result.data.subarray(0, result.rows * result.columns));
    this.#drop(out, node);
    return out;
  }

  /** Multiplies by dropout factors, where there are any. */
  #drop(x: Matrix<A>, { dropout }: { readonly dropout: number }): void {
    const factors = this.#now.dropout[dropout];
    if (factors) dropOut(x, factors, this.#now.packing.places);
  }

  /** Where the gradient of a layer's input is added. */
  #gradientOf(
    { index, inputs }: { readonly index: number; readonly inputs: number },
    { x, dX, needed }: Pick<LayerBackward<Matrix<A>>, 'x' | 'dX' | 'needed'>,
  ): Matrix<A> | null {
    if (!needed) return null;
    return dX ?? this.#workspace.zeros(`${index} dX`, x.rows, inputs);
  }
}
