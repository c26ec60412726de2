import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  RecurrentNode,
} from '../../network/graph.ts';
import { lossHeads } from '../../network/losses.ts';
import type { BatchOperations, LayerBackward, LossOptions } from '../../network/operations.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import { matchColumn } from '../../network/shape.ts';
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
import type { Place, Program } from './wgsl.ts';

/** The columns of a matrix in the arena, which holds everything that a pass computes of a batch. */
export interface Columns {
  /** Of a matrix that is not in the arena: where it is instead. */
  readonly buffer?: string;
  /** The matrix begins at N times this, with a row for each place. */
  readonly first: number;
  readonly width: number;
}

const at = (column: number): string => `${column} * uniforms.places`;
/** Where the programs of a pass find a matrix: the arena is what they write to. */
const inPass = ({ first, buffer = 'result' }: Columns): Place => ({ buffer, at: at(first) });
/** Where later programs find it. */
export const inArena = ({ first, buffer = 'arena' }: Columns): Place => ({ buffer, at: at(first) });
const rowsOf = (columns: Columns) => ({ ...inArena(columns), stride: columns.width });

/** A recurrent layer, as its forward pass leaves it. */
interface RecurrentRun {
  readonly gates: Columns;
  readonly hidden: Columns;
  readonly options: RecurrentOptions;
}

/**
 * Operations that make the programs of a pass instead of running them. As a program does not depend on the
 * size of a batch, what is recorded once serves all batches of its kind.
 */
export class RecordedPass implements BatchOperations<Columns, Columns> {
  /** In their order; each writes into the arena. */
  readonly programs: Program[] = [];
  /** The weight gradients that follow from the arena. */
  readonly jobs: GradientJob[] = [];
  /** Columns of the arena so far. */
  width = 0;
  readonly #state: StateLayout;
  readonly #batch: BatchColumns;
  readonly #tuning: Tuning;
  /** What recurrent nodes keep for the backward pass, and the results of dense nodes. */
  readonly #runs = new Map<RecurrentNode, RecurrentRun>();
  readonly #results = new Map<DenseNode, Columns>();

  constructor(state: StateLayout, { batch, tuning }: { batch: BatchColumns; tuning: Tuning }) {
    this.#state = state;
    this.#batch = batch;
    this.#tuning = tuning;
  }

  begin(): void {}

  beginBackward(): void {}

  embed(node: EmbedNode): Columns {
    const out = this.#reserve(node.width);
    this.programs.push(
      embedProgram({
        node,
        features: this.#given('features'),
        table: (matrix) => this.#weights(matrix),
        factors: this.#factors(node.dropout),
        out: inPass(out),
      }),
    );
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
    const factors = this.#factors(node.dropout);
    const gates = this.#reserve(4 * units);
    const cells = this.#reserve(cell === 'lstm' ? units : 0);
    const hidden = this.#reserve(units);
    const output = factors ? this.#reserve(units) : hidden;
    const trace = {
      gates: inPass(gates),
      cell: inPass(cells),
      hidden: inPass(hidden),
      output: inPass(output),
    };
    const options = { cell, units, trace, factors, tuning: this.#tuning };
    this.#runs.set(node, { gates, hidden, options });
    const recurrentBias = this.#weights(node.recurrentBias);
    const bias = this.#weights(inputBias);
    this.programs.push(
      productProgram({
        x: inPass(x),
        inner: inputs,
        columns: inputWeights.blocks * units,
        weights: this.#weights(inputWeights),
        biases: cell === 'lstm' ? [bias, recurrentBias] : [bias],
        out: trace.gates,
        outStride: gates.width,
        tuning: this.#tuning,
      }),
      recurrentForwardProgram({
        ...options,
        recurrentWeights: this.#weights(node.recurrentWeights),
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
        x: inPass(x),
        inner: inputs,
        columns: width,
        weights: this.#weights(node.weights),
        biases: [this.#weights(node.bias)],
        rectify,
        factors: this.#factors(node.dropout),
        mask: this.#mask(node),
        out: inPass(out),
        tuning: this.#tuning,
      }),
    );
    return out;
  }

  mixExperts(node: HeadsNode, outputs: Columns): void {
    if (!node.votes.length) return;
    const { graph } = this.#state.weights;
    this.programs.push(
      mixProgram({
        ...this.#shared(node, outputs),
        stride: graph.input.inputs,
        matches: matchColumn(graph.shape),
        table: ({ matches }) => this.#weights(matches),
        weights: inPass(this.#reserve(gatesOf(node))),
      }),
    );
  }

  mean(a: Columns, b: Columns): void {
    this.programs.push(meanProgram(inPass(a), inPass(b), a.width));
  }

  losses(node: HeadsNode, outputs: Columns, { lossWeights }: LossOptions): Columns {
    // There are at most as many workgroups as places.
    const sums = this.#reserve(LOSS_SUMS * lossHeads(node).length);
    this.programs.push(
      lossesProgram({
        ...this.#shared(node, outputs),
        lossWeights,
        soft: this.#batch.parts.has('softActions'),
        sums: inPass(sums),
      }),
    );
    return sums;
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: Columns): void {
    if (!node.votes.length) return;
    this.programs.push(mixBackwardProgram(this.#shared(node, dOutputs)));
    const { graph } = this.#state.weights;
    const features = this.#given('features');
    for (const { gate, matches } of node.votes)
      this.jobs.push({
        rows: matches.rows,
        columns: matches.columns,
        left: { ...rowsOf(dOutputs), at: `${at(dOutputs.first)} + ${gate.column}` },
        right: {
          ...features,
          at: `${features.at} + ${matchColumn(graph.shape)}`,
          stride: graph.input.inputs,
        },
        into: this.#offset(matches),
      });
  }

  #denseBackward(node: DenseNode, { x, dOut, dX, needed }: LayerBackward<Columns>): Columns | null {
    const factors = this.#factors(node.dropout);
    if (factors || node.rectify)
      this.programs.push(
        dropBackwardProgram({
          dOut: inPass(dOut),
          width: node.width,
          factors,
          rectified: node.rectify ? inPass(this.#results.get(node)!) : null,
        }),
      );
    this.jobs.push({
      rows: node.inputs,
      columns: node.width,
      left: rowsOf(x),
      right: rowsOf(dOut),
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
    const { gates, hidden, options } = this.#runs.get(node)!;
    this.programs.push(
      recurrentBackwardProgram({
        ...options,
        turnedWeights: this.#transposed(node.recurrentWeights),
        upper: inPass(dOut),
      }),
    );
    const isLstm = node.cell === 'lstm';
    const right = rowsOf(gates);
    const biases = [this.#offset(node.inputBias), this.#offset(node.recurrentBias)];
    const columns = inputWeights.blocks * units;
    this.jobs.push(
      {
        rows: inputs,
        columns,
        left: rowsOf(x),
        right,
        into: this.#offset(inputWeights),
        biases: isLstm ? biases : biases.slice(0, 1),
      },
      {
        rows: units,
        columns,
        left: rowsOf(hidden),
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
    const factors = this.#factors(node.dropout);
    const features = this.#given('features');
    for (const { offset, categories, column, units, table } of node.blocks)
      this.jobs.push({
        rows: categories,
        columns: units,
        left: { ...features, at: `${features.at} + ${offset}`, stride: node.inputs },
        right: {
          ...rowsOf(dOut),
          at: `${at(dOut.first)} + ${column}`,
          factors: factors && { ...factors, at: `${factors.at} + ${column}` },
        },
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
        x: inPass(dOut),
        stride: dOut.width,
        inner: weights.blocks * weights.columns,
        columns: weights.rows,
        weights: this.#transposed(weights),
        mask,
        out: inPass(out),
        add: dX !== null,
        tuning: this.#tuning,
      }),
    );
    return out;
  }

  #shared(node: HeadsNode, outputs: Columns) {
    const given = (name: string): Place => this.#given(name);
    return { node, outputs: inPass(outputs), given, tuning: this.#tuning };
  }

  #reserve(width: number): Columns {
    const first = this.width;
    this.width += width;
    return { first, width };
  }

  /** A matrix of the batch. */
  #given(name: string): Place {
    return { buffer: 'batch', at: at(this.#batch.column(name)) };
  }

  /** Dropout factors; null for -1 and without dropout. */
  #factors(index: number): Place | null {
    const name = `factors${index}`;
    return this.#batch.parts.has(name) ? this.#given(name) : null;
  }

  /** Rows without a target need no heads. */
  #mask(node: DenseNode): Place | null {
    const { branches } = this.#state.weights.graph;
    return branches.some(({ heads }) => heads.linear === node) ? this.#given('mask') : null;
  }

  #offset({ index }: WeightMatrix): number {
    return this.#state.weights.matrices[index].offset;
  }

  #weights(matrix: WeightMatrix): Place {
    return { buffer: 'weights', at: `${this.#offset(matrix)}` };
  }

  #transposed({ index }: WeightMatrix): Place {
    return { buffer: 'weights', at: `${this.#state.transposed[index]}` };
  }
}
