import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  NetworkGraph,
  RecurrentNode,
} from '../../network/graph.ts';
import { lossHeads } from '../../network/losses.ts';
import type { BatchOperations, LayerBackward, LossOptions } from '../../network/operations.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import { dropBackwardProgram, meanProgram } from './elementwise.ts';
import { embedProgram } from './embed.ts';
import { lossesProgram, LOSS_SUMS } from './losses.ts';
import { gatesOf, mixBackwardProgram, mixProgram } from './mix-experts.ts';
import type { BatchColumns } from './pack-batch.ts';
import { productProgram } from './product.ts';
import { recurrentBackwardProgram } from './recurrent-backward.ts';
import { recurrentForwardProgram } from './recurrent-forward.ts';
import type { RecurrentOptions } from './recurrent-text.ts';
import type { StateLayout } from './state-layout.ts';
import type { Tuning } from './tuning.ts';
import type { GradientJob } from './weight-gradients.ts';
import type { Place, Program, Rows, Sources } from './wgsl.ts';

/** A matrix with a row for each place. */
export interface Columns extends Rows {
  /** It begins at N times this. */
  readonly first: number;
}

/** By default in the arena, which holds everything that a pass computes of a batch: its programs write there. */
export const columnsAt = (first: number, stride: number, buffer = 'result'): Columns => ({
  buffer,
  first,
  at: `${first} * uniforms.places`,
  stride,
});

/** Where later programs find what a pass computed, or a part of it that begins at a column. */
export const later = ({ buffer, at, stride }: Rows, column = 0): Rows => ({
  buffer: buffer === 'result' ? 'arena' : buffer,
  at: column ? `${at} + ${column}` : at,
  stride,
});

/** A recurrent layer, as its forward pass leaves it. */
interface RecurrentRun {
  readonly gates: Columns;
  readonly options: RecurrentOptions;
}

/**
 * Operations that make the programs of a pass instead of running them. As a program does not depend on the
 * size of a batch, what is recorded once serves all batches of its kind.
 */
export class RecordedPass implements BatchOperations<Columns, Columns>, Sources {
  /** In their order; each writes into the arena. */
  readonly programs: Program[] = [];
  /** The weight gradients that follow from the arena. */
  readonly jobs: GradientJob[] = [];
  /** Columns of the arena so far. */
  width = 0;
  readonly graph: NetworkGraph;
  readonly tuning: Tuning;
  readonly #state: StateLayout;
  readonly #batch: Pick<BatchColumns, 'parts'>;
  /** What recurrent nodes keep for the backward pass, and the results of dense nodes. */
  readonly #runs = new Map<RecurrentNode, RecurrentRun>();
  readonly #results = new Map<DenseNode, Columns>();

  constructor(
    state: StateLayout,
    { batch, tuning }: { batch: Pick<BatchColumns, 'parts'>; tuning: Tuning },
  ) {
    this.graph = state.weights.graph;
    this.#state = state;
    this.#batch = batch;
    this.tuning = tuning;
  }

  begin(): void {}

  beginBackward(): void {}

  embed(node: EmbedNode): Columns {
    const out = this.#reserve(node.width);
    this.programs.push(embedProgram(node, out, this));
    return out;
  }

  layer(node: LayerNode, x: Columns): Columns {
    return node.kind === 'recurrent' ? this.#recurrent(node, x) : this.#dense(node, x);
  }

  layerBackward(node: LayerNode, run: LayerBackward<Columns>): Columns | null {
    return node.kind === 'recurrent'
      ? this.#recurrentBackward(node, run)
      : this.#denseBackward(node, run);
  }

  #recurrent(node: RecurrentNode, x: Columns): Columns {
    const { cell, inputs, width: units, inputWeights, inputBias } = node;
    const { tuning } = this;
    const factors = this.factors(node);
    const gates = this.#reserve(4 * units);
    const cells = this.#reserve(cell === 'lstm' ? units : 0);
    const hidden = this.#reserve(units);
    const output = factors ? this.#reserve(units) : hidden;
    const trace = { gates, cell: cells, hidden, output };
    const options = { cell, units, trace, factors, tuning };
    this.#runs.set(node, { gates, options });
    const recurrentBias = this.weights(node.recurrentBias);
    const bias = this.weights(inputBias);
    this.programs.push(
      productProgram({
        x,
        inner: inputs,
        columns: inputWeights.blocks * units,
        weights: this.weights(inputWeights),
        biases: cell === 'lstm' ? [bias, recurrentBias] : [bias],
        out: gates,
        tuning,
      }),
      recurrentForwardProgram({
        ...options,
        recurrentWeights: this.weights(node.recurrentWeights),
        recurrentBias,
      }),
    );
    return output;
  }

  #dense(node: DenseNode, x: Columns): Columns {
    const { inputs, width, rectify } = node;
    const out = this.#reserve(width);
    this.#results.set(node, out);
    this.programs.push(
      productProgram({
        x,
        inner: inputs,
        columns: width,
        weights: this.weights(node.weights),
        biases: [this.weights(node.bias)],
        rectify,
        factors: this.factors(node),
        mask: this.#mask(node),
        out,
        tuning: this.tuning,
      }),
    );
    return out;
  }

  mixExperts(node: HeadsNode, outputs: Columns): void {
    if (!node.votes.length) return;
    const weights = this.#reserve(gatesOf(node));
    this.programs.push(mixProgram({ node, outputs, weights }, this));
  }

  mean(a: Columns, b: Columns): void {
    this.programs.push(meanProgram(a, b));
  }

  losses(node: HeadsNode, outputs: Columns, { lossWeights }: LossOptions): Columns {
    // There are at most as many workgroups as places.
    const sums = this.#reserve(LOSS_SUMS * lossHeads(node).length);
    this.programs.push(lossesProgram({ node, outputs, lossWeights, sums }, this));
    return sums;
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: Columns): void {
    if (!node.votes.length) return;
    this.programs.push(mixBackwardProgram(node, dOutputs, this));
    const features = this.given('features');
    for (const { gate, matches } of node.votes)
      this.jobs.push({
        rows: matches.rows,
        columns: matches.columns,
        left: later(dOutputs, gate.column),
        right: later(features, features.stride - matches.columns),
        into: this.#offset(matches),
      });
  }

  #denseBackward(node: DenseNode, { x, dOut, dX, needed }: LayerBackward<Columns>): Columns | null {
    const factors = this.factors(node);
    const rectified = node.rectify ? this.#results.get(node)! : null;
    if (factors || rectified) this.programs.push(dropBackwardProgram({ dOut, factors, rectified }));
    this.jobs.push({
      rows: node.inputs,
      columns: node.width,
      left: later(x),
      right: later(dOut),
      into: this.#offset(node.weights),
      biases: [this.#offset(node.bias)],
    });
    return needed ? this.#inputGradient(node.weights, { dOut, dX, mask: this.#mask(node) }) : null;
  }

  #recurrentBackward(
    node: RecurrentNode,
    { x, dOut, dX, needed }: LayerBackward<Columns>,
  ): Columns | null {
    const { inputs, width: units, inputWeights } = node;
    const { gates, options } = this.#runs.get(node)!;
    const turnedWeights = this.#transposed(node.recurrentWeights);
    this.programs.push(recurrentBackwardProgram({ ...options, turnedWeights, upper: dOut }));
    const isLstm = node.cell === 'lstm';
    const right = later(gates);
    const biases = [this.#offset(node.inputBias), this.#offset(node.recurrentBias)];
    const columns = inputWeights.blocks * units;
    this.jobs.push(
      {
        rows: inputs,
        columns,
        left: later(x),
        right,
        into: this.#offset(inputWeights),
        biases: isLstm ? biases : biases.slice(0, 1),
      },
      {
        rows: units,
        columns,
        left: later(options.trace.hidden),
        // In a GRU's trace, n is followed by the hidden state's share of it, which has its own gradient.
        right: isLstm ? right : { ...right, without: { first: 2 * units, count: units } },
        before: true,
        into: this.#offset(node.recurrentWeights),
        biases: isLstm ? [] : biases.slice(1),
      },
    );
    return needed ? this.#inputGradient(node.inputWeights, { dOut: gates, dX, mask: null }) : null;
  }

  embedBackward(node: EmbedNode, dOut: Columns): void {
    const factors = this.factors(node);
    const features = this.given('features');
    for (const { offset, categories, column, units, table } of node.blocks)
      this.jobs.push({
        rows: categories,
        columns: units,
        left: later(features, offset),
        right: { ...later(dOut, column), factors: factors && later(factors, column) },
        into: this.#offset(table),
      });
  }

  /** dX = dOut weights^T, added to what there is; `dOut` may have more columns than the weights. */
  #inputGradient(
    weights: WeightMatrix,
    { dOut, dX, mask }: Pick<LayerBackward<Columns>, 'dOut' | 'dX'> & { mask: Place | null },
  ): Columns {
    const out = dX ?? this.#reserve(weights.rows);
    this.programs.push(
      productProgram({
        x: dOut,
        inner: weights.blocks * weights.columns,
        columns: weights.rows,
        weights: this.#transposed(weights),
        mask,
        out,
        add: dX !== null,
        tuning: this.tuning,
      }),
    );
    return out;
  }

  #reserve(width: number): Columns {
    const first = this.width;
    this.width += width;
    return columnsAt(first, width);
  }

  find(name: string): Columns | null {
    const part = this.#batch.parts.get(name);
    return part ? columnsAt(part.column, part.width, 'batch') : null;
  }

  given(name: string): Columns {
    const found = this.find(name);
    if (!found) throw new RangeError(`no "${name}" in the batch`);
    return found;
  }

  factors({ dropout }: { readonly dropout: number }): Columns | null {
    return this.find(`factors${dropout}`);
  }

  /** Rows without a target need no heads. */
  #mask(node: DenseNode): Place | null {
    return this.graph.branches.some(({ heads }) => heads.linear === node)
      ? this.given('mask')
      : null;
  }

  #offset({ index }: WeightMatrix): number {
    return this.#state.weights.matrices[index].offset;
  }

  weights(matrix: WeightMatrix): Place {
    return { buffer: 'weights', at: `${this.#offset(matrix)}` };
  }

  #transposed({ index }: WeightMatrix): Place {
    return { buffer: 'weights', at: `${this.#state.transposed[index]}` };
  }
}
