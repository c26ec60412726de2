import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
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
import { firstTarget, Packer } from '../../network/packing.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import { takeBatch } from './batch-memory.ts';
import type { BatchArray, BatchPointers } from './batch-memory.ts';
import { Gradients } from './gradients.ts';
import { Layout } from './memory.ts';
import type { WasmMemory } from './memory.ts';
import { takeNodes } from './node-memory.ts';
import type { NodeMemory } from './node-memory.ts';
import type { StepKernelName } from './step-binaries.ts';
import type { WasmWeights } from './weights.ts';

/**
 * What batches and single steps compute alike. A handle is a pointer to the first row. Positional arguments, as
 * an object would be garbage at every step.
 */
export abstract class WasmForward implements ForwardOperations<number> {
  /** Pointers to [.., F] features and to the index of each row in them. */
  protected features = 0;
  protected places = 0;
  protected rows = 0;
  /** Pointers to the embedded input and, by index of the node, to what each one computes. */
  protected x = 0;
  /** Bytes of a row of the embedded input. */
  protected inputRow = 0;
  protected nodes: readonly NodeMemory[] = [];
  protected readonly memory: WasmMemory<StepKernelName>;
  protected readonly weights: WasmWeights;

  constructor(memory: WasmMemory<StepKernelName>, weights: WasmWeights) {
    this.memory = memory;
    this.weights = weights;
  }

  embed({ inputs, blocks }: EmbedNode): number {
    const { features, places, rows, x, inputRow: row } = this;
    const kernels = this.memory.kernels;
    const featureRow = 4 * inputs;
    let [from, to] = [0, 0];
    for (let i = 0; i <= blocks.length; i++) {
      // The columns before the next block are copied.
      const count = (i < blocks.length ? blocks[i].offset : inputs) - from;
      // prettier-ignore
      if (count) kernels.copyColumns(x + 4 * to, row, features + 4 * from, featureRow, places, rows, count);
      if (i === blocks.length) break;
      const { column, offset, categories, units, table } = blocks[i];
      // prettier-ignore
      kernels.embedColumns(x + 4 * column, row, features + 4 * offset, featureRow, places, rows, categories, units, this.weights.at(table));
      from = offset + categories;
      to = column + units;
    }
    return x;
  }

  layer(node: LayerNode, x: number): number {
    return node.kind === 'recurrent' ? this.recurrent(node, x) : this.dense(node, x);
  }

  protected abstract recurrent(node: RecurrentNode, x: number): number;

  /** Rows before `from` are not computed. */
  protected dense({ index, weights, bias, rectify }: DenseNode, x: number, from = 0): number {
    const { rows: inputs, columns } = this.weights.layout.matrices[weights.index];
    const [row, xRow] = [4 * columns, 4 * inputs];
    const { result } = this.nodes[index];
    const [out, rows] = [result + from * row, this.rows - from];
    const panels = this.weights.panels[weights.index];
    // prettier-ignore
    this.memory.kernels.product(out, row, this.weights.at(bias), 0, x + from * xRow, xRow, 4, panels, rows, inputs, columns);
    if (rectify) this.memory.kernels.rectify(out, rows * columns);
    return result;
  }

  /** Adds the matches' share to the gates. */
  addMatches({ linear, votes }: HeadsNode, outputs: number, from = 0): void {
    const { inputs } = this.weights.layout.graph.input;
    const row = 4 * this.columns(linear.weights);
    for (let i = 0; i < votes.length; i++) {
      const { gate, matches } = votes[i];
      const out = outputs + from * row + 4 * gate.column;
      const places = this.places + 4 * from;
      const first = this.features + 4 * (inputs - matches.columns);
      // prettier-ignore
      this.memory.kernels.gateMatches(out, row, gate.size, this.rows - from, places, first, 4 * inputs, matches.columns, this.weights.at(matches));
    }
  }

  /**
   * One time step of a recurrent layer: `rows` rows from `first` on.
   *
   * @param before the first row of the step before, which may be `first`; -1 = from zero state
   */
  protected advance(
    node: RecurrentNode,
    x: number,
    first: number,
    rows: number,
    before: number,
  ): void {
    const { index, inputWeights, recurrentWeights } = node;
    const { weights } = this;
    const kernels = this.memory.kernels;
    const { rows: inputs, columns: gates } = weights.layout.matrices[inputWeights.index];
    const units = weights.layout.matrices[recurrentWeights.index].rows;
    const [xRow, row, gateRow] = [4 * inputs, 4 * units, 4 * gates];
    const at = this.nodes[index];
    const gate = at.gates + first * gateRow;
    const hidden = at.result + first * row;
    const hiddenBefore = before < 0 ? 0 : at.result + before * row;
    const [inner, outer] = [
      weights.panels[inputWeights.index],
      weights.panels[recurrentWeights.index],
    ];
    // prettier-ignore
    kernels.product(gate, gateRow, weights.biases[index], 0, x + first * xRow, xRow, 4, inner, rows, inputs, gates);
    if (node.cell === 'lstm') {
      // An LSTM has one sum for input and hidden state, which is complete without the latter.
      // prettier-ignore
      if (hiddenBefore) kernels.product(gate, gateRow, gate, gateRow, hiddenBefore, row, 4, outer, rows, units, gates);
      const cellBefore = before < 0 ? 0 : at.cell + before * row;
      const [cell, squashed] = [at.cell + first * row, at.squashed + first * row];
      kernels.lstmForward(gate, cellBefore, cell, squashed, hidden, rows, units);
    } else {
      const share = at.shares + first * gateRow;
      const bias = weights.at(node.recurrentBias);
      // Without a hidden state, a GRU's share of it is the bias.
      // prettier-ignore
      kernels.product(share, gateRow, bias, 0, hiddenBefore, row, 4, outer, rows, hiddenBefore ? units : 0, gates);
      kernels.gruForward(gate, share, hiddenBefore, hidden, rows, units);
    }
  }

  /** Assigns memory for so many rows. Returns what assigns that of more tables. */
  protected reserveRows(place: Layout, rows: number, dropout = false): (width: number) => number {
    const { layout } = this.weights;
    const { inputs, width } = layout.graph.input;
    // 4 numbers more, as vectors are read past the end of a row of odd width.
    const table = (columns: number): number => place.take(rows * columns + 4);
    this.features = table(inputs);
    this.places = table(1);
    this.x = table(layout.padded(width));
    this.inputRow = 4 * layout.padded(width);
    this.nodes = takeNodes(layout, { table, dropout });
    return table;
  }

  /** Columns of a matrix, padding included. */
  protected columns({ index }: WeightMatrix): number {
    return this.weights.layout.matrices[index].columns;
  }
}

export interface BatchOptions {
  /** Pointer to an array laid out like the weights. */
  readonly gradient: number;
  /** First byte that is free. */
  readonly start: number;
  /** Whether dropout will be used. */
  readonly dropout: boolean;
}

/** Whole batches, forward and backward through time. */
export class WasmBatch extends WasmForward implements BatchOperations<number, NetworkLosses> {
  declare protected readonly memory: WasmMemory;
  readonly #options: BatchOptions;
  readonly #packer = new Packer();
  readonly #gradients: Gradients;
  /** Capacity of the memory: windows, and places in all of them. */
  #windows = 0;
  #capacity = 0;
  #packing!: Packing;
  #at!: BatchPointers;
  #drops = false;
  #soft = false;
  /** First row with a target. */
  #first = 0;

  constructor(memory: WasmMemory, weights: WasmWeights, options: BatchOptions) {
    super(memory, weights);
    this.#options = options;
    this.#gradients = new Gradients(memory, weights, options);
  }

  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void {
    const packing = this.#packer.pack(batch);
    this.#reserve(batch.batchSize, batch.batchSize * batch.windowLength);
    const at = this.#at;
    const { floats, ints } = this.memory;
    floats.set(batch.features, this.features >> 2);
    for (const [name, pointer] of at.arrays) {
      const values = batch[name];
      if (values) (values instanceof Int32Array ? ints : floats).set(values, pointer >> 2);
    }
    dropout.forEach((factors, i) => floats.set(factors, at.factors[i] >> 2));
    ints.set(packing.places.subarray(0, packing.rows), this.places >> 2);
    this.#packing = packing;
    this.rows = packing.rows;
    this.#drops = dropout.length > 0;
    this.#soft = batch.softActions !== undefined;
    this.#first = firstTarget(packing, batch.mask);
  }

  override embed(node: EmbedNode): number {
    return this.#drop(node, super.embed(node));
  }

  override layer(node: LayerNode, x: number): number {
    return this.#drop(node, super.layer(node, x), this.nodes[node.index].dropped);
  }

  layerBackward(node: LayerNode, backward: LayerBackward<number>): number | null {
    this.#drop(node, backward.dOut);
    const [at, packing, from] = [this.nodes[node.index], this.#packing, this.#from(node)];
    const run = { ...backward, from, rows: this.rows, to: this.#at.dX[node.index] };
    if (node.kind === 'recurrent') return this.#gradients.recurrent(node, { ...run, packing, at });
    if (node.rectify) {
      const columns = this.columns(node.weights);
      const [start, count] = [4 * from * columns, (this.rows - from) * columns];
      this.memory.kernels.rectifyBackward(backward.dOut + start, at.result + start, count);
    }
    return this.#gradients.linear(node, run);
  }

  protected recurrent(node: RecurrentNode, x: number): number {
    const { first, active, steps } = this.#packing;
    for (let step = 0; step < steps; step++)
      this.advance(node, x, first[step], active[step], step ? first[step - 1] : -1);
    return this.nodes[node.index].result;
  }

  protected override dense(node: DenseNode, x: number): number {
    return super.dense(node, x, this.#from(node));
  }

  mixExperts(node: HeadsNode, outputs: number): void {
    const { mixExperts } = this.memory.kernels;
    this.addMatches(node, outputs, this.#first);
    const { row, first, places, rows } = this.#outputs(node, outputs);
    for (const { logits, gate, logs } of node.votes)
      // prettier-ignore
      mixExperts(first + 4 * logits.column, first + 4 * gate.column, row, logits.size, gate.size, rows, places, this.#array('mask'), this.#array(logs));
  }

  mean(a: number, b: number): void {
    const { floats } = this.memory;
    const columns = this.columns(this.weights.layout.graph.branches[0].heads.linear.weights);
    const [to, from] = [a >> 2, b >> 2];
    for (let i = this.#first * columns; i < this.rows * columns; i++)
      floats[to + i] = (floats[to + i] + floats[from + i]) / 2;
  }

  losses(node: HeadsNode, outputs: number, options: LossOptions): NetworkLosses {
    const { kernels, doubles } = this.memory;
    const { row, first, places, rows } = this.#outputs(node, outputs);
    const { results } = this.#at;
    const mask = this.#array('mask');
    return addHeads(node, options, ({ column, size, loss }, scale) => {
      const [at, targets] = [first + 4 * column, this.#array(loss.targets)];
      if (loss.kind === 'crossEntropy') {
        const soft = loss.soft && this.#soft ? this.#array('softActions') : 0;
        // prettier-ignore
        kernels.softmaxCrossEntropy(at, row, size, rows, places, targets, mask, scale, results, soft);
      } else kernels.squaredError(at, row, size, rows, places, targets, mask, scale, results);
      return { loss: doubles[results >> 3], correct: doubles[(results >> 3) + 1] };
    });
  }

  beginBackward(): void {
    this.memory.clear(this.#options.gradient, this.weights.count);
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: number): void {
    const { mixExpertsBackward } = this.memory.kernels;
    const { row, first, places, rows } = this.#outputs(node, dOutputs);
    const { inputs } = this.weights.layout.graph.input;
    for (const { logits, gate, logs, matches } of node.votes) {
      const width = matches.columns;
      const from = this.features + 4 * (inputs - width);
      const to = this.weights.at(matches, this.#options.gradient);
      // prettier-ignore
      mixExpertsBackward(first + 4 * logits.column, first + 4 * gate.column, row, logits.size, gate.size, rows, places, this.#array('mask'), this.#array(logs), from, 4 * inputs, width, to);
    }
  }

  embedBackward(node: EmbedNode, dOut: number): void {
    const { embedBackward } = this.memory.kernels;
    const { features, places, rows, inputRow: row } = this;
    const featureRow = 4 * node.inputs;
    this.#drop(node, dOut);
    for (const { column, offset, categories, units, table } of node.blocks) {
      const [from, to] = [features + 4 * offset, this.weights.at(table, this.#options.gradient)];
      // prettier-ignore
      embedBackward(dOut + 4 * column, row, from, featureRow, places, rows, categories, units, to);
    }
  }

  /** A larger batch gets a new layout behind the weights. No kernel writes into padding, so it stays zero. */
  #reserve(windows: number, places: number): void {
    if (this.nodes.length && windows <= this.#windows && places <= this.#capacity) return;
    const { start, dropout } = this.#options;
    this.#windows = Math.max(this.#windows, windows);
    this.#capacity = Math.max(this.#capacity, places);
    const place = new Layout(start);
    const table = this.reserveRows(place, this.#capacity, dropout);
    const { layout } = this.weights;
    this.#at = takeBatch(layout, place, { table, dropout, windows: this.#windows });
    this.#gradients.scratch = this.#at;
    this.memory.reach(place.end);
    this.memory.clear(start, (place.end - start) / 4);
  }

  /** Pointer to an array of the batch. */
  #array(name: BatchArray): number {
    return this.#at.arrays.get(name) ?? 0;
  }

  /** First row that a node computes: what dense layers compute, only targets need. */
  #from(node: LayerNode | EmbedNode): number {
    return 'kind' in node && node.kind === 'dense' ? this.#first : 0;
  }

  /** The heads' rows with targets: first element and stride of the outputs, and their places. */
  #outputs({ linear }: HeadsNode, outputs: number) {
    const [from, row] = [this.#first, 4 * this.columns(linear.weights)];
    const [first, places] = [outputs + from * row, this.places + 4 * from];
    return { row, first, places, rows: this.rows - from };
  }

  /** Writes to `to` what dropout leaves of a node's result `x`, or of its gradient; returns where that is. */
  #drop(node: LayerNode | EmbedNode, x: number, to = x): number {
    if (!this.#drops || node.dropout < 0) return x;
    const [row, from] = [4 * this.weights.layout.padded(node.width), this.#from(node)];
    const [factors, places] = [this.#at.factors[node.dropout], this.places + 4 * from];
    const [out, start] = [to + from * row, x + from * row];
    this.memory.kernels.dropOut(out, start, row, factors, node.width, places, this.rows - from);
    return to;
  }
}
