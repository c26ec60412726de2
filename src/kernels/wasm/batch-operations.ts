import type { DenseNode, EmbedNode, HeadsNode, LayerNode } from '../../network/graph.ts';
import { addHeads } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type { BatchOperations, LayerBackward, LossOptions } from '../../network/operations.ts';
import { batchWidths, packingOf } from '../../network/packing.ts';
import type { BatchArray, WindowBatch } from '../../network/packing.ts';
import { WasmBackward } from './backward.ts';

/** Whole batches, forward and backward through time. */
export class WasmBatch extends WasmBackward implements BatchOperations<number, NetworkLosses> {
  readonly #widths = batchWidths(this.graph);
  /** Pointers to what the network reads of a batch, in the order of the rows. */
  #arrays = new Map<BatchArray, number>();
  /** Pointers to dropout factors and, by index of the node, to what they leave of its result. */
  #factors: readonly number[] = [];
  #dropped: readonly number[] = [];
  /** Pointers to the place of each row, and to room for an array in the order of places. */
  #places = 0;
  #raw = 0;
  #windows = 0;
  /** 2 doubles. */
  readonly #results = this.memory.take(4);
  #drops = false;
  #soft = false;

  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void {
    const packing = packingOf(batch);
    this.#reserve(batch, dropout.length > 0);
    this.memory.ints.set(packing.places, this.#places >> 2);
    this.packing = packing;
    this.rows = packing.rows;
    for (const [name, width] of this.#widths) {
      const values = batch[name];
      if (values) this.#gather(values, this.#array(name, 0), { width });
    }
    const { dropped } = this.graph;
    const { padded } = this.parameters.layout;
    for (const [i, factors] of dropout.entries())
      this.#gather(factors, this.#factors[i], { width: dropped[i], stride: padded(dropped[i]) });
    this.#drops = dropout.length > 0;
    this.#soft = batch.softActions !== undefined;
    this.firstTarget = 0;
    while (this.firstTarget < this.rows && batch.mask[packing.places[this.firstTarget]] === 0)
      this.firstTarget++;
  }

  override embed(node: EmbedNode): number {
    return this.#drop(node, super.embed(node));
  }

  override layer(node: LayerNode, x: number): number {
    return this.#drop(node, super.layer(node, x), this.#dropped[node.index]);
  }

  layerBackward(node: LayerNode, run: LayerBackward<number>): number | null {
    this.#drop(node, run.dOut);
    return this.gradients(node, run);
  }

  protected override dense(node: DenseNode, x: number): number {
    return super.dense(node, x, this.firstTarget);
  }

  mixExperts(node: HeadsNode, outputs: number): void {
    const { mixExperts } = this.memory.kernels;
    this.addMatches(node, outputs, this.firstTarget);
    const { row, first, rows } = this.#outputs(node, outputs);
    for (const { logits, gate, logs } of node.votes)
      // prettier-ignore
      mixExperts(first + 4 * logits.column, first + 4 * gate.column, row, logits.size, gate.size, rows, this.#array('mask'), this.#array(logs));
  }

  mean(a: number, b: number): void {
    const { floats } = this.memory;
    const { row, first, rows } = this.#outputs(this.graph.branches[0].heads, a);
    const [start, end, other] = [first >> 2, (first + rows * row) >> 2, (b - a) >> 2];
    for (let i = start; i < end; i++) floats[i] = (floats[i] + floats[i + other]) / 2;
  }

  losses(node: HeadsNode, outputs: number, options: LossOptions): NetworkLosses {
    const { kernels, doubles } = this.memory;
    const { row, first, rows } = this.#outputs(node, outputs);
    const mask = this.#array('mask');
    return addHeads(node, options, ({ column, size, loss }, scale) => {
      const [at, targets, results] = [first + 4 * column, this.#array(loss.targets), this.#results];
      if (loss.kind === 'crossEntropy') {
        const soft = loss.soft && this.#soft ? this.#array('softActions') : 0;
        kernels.softmaxCrossEntropy(at, row, size, rows, targets, mask, scale, results, soft);
      } else kernels.squaredError(at, row, size, rows, targets, mask, scale, results);
      return { loss: doubles[results >> 3], correct: doubles[(results >> 3) + 1] };
    });
  }

  beginBackward(): void {
    this.memory.clear(this.gradientAt, this.parameters.count);
  }

  mixExpertsBackward(node: HeadsNode, dOutputs: number): void {
    const { mixExpertsBackward } = this.memory.kernels;
    const { row, first, rows } = this.#outputs(node, dOutputs);
    const { inputs } = this.graph.input;
    for (const { logits, gate, logs, matches } of node.votes) {
      const width = matches.columns;
      const from = this.#array('features') + 4 * (inputs - width);
      const to = this.parameters.at(matches, this.gradientAt);
      // prettier-ignore
      mixExpertsBackward(first + 4 * logits.column, first + 4 * gate.column, row, logits.size, gate.size, rows, this.#array('mask'), this.#array(logs), from, 4 * inputs, width, to);
    }
  }

  embedBackward(node: EmbedNode, dOut: number): void {
    const { embedBackward } = this.memory.kernels;
    const { features, rows } = this;
    const [row, featureRow] = [4 * this.parameters.layout.padded(node.width), 4 * node.inputs];
    this.#drop(node, dOut);
    for (const { column, offset, categories, units, table } of node.blocks) {
      const [from, to] = [features + 4 * offset, this.parameters.at(table, this.gradientAt)];
      embedBackward(dOut + 4 * column, row, from, featureRow, rows, categories, units, to);
    }
  }

  /** Makes room for a batch, with dropout once it is used. */
  #reserve({ batchSize, windowLength }: WindowBatch, drops: boolean): void {
    const windows = Math.max(this.#windows, batchSize);
    const rows = Math.max(this.capacity, batchSize * windowLength);
    const enough = windows === this.#windows && rows === this.capacity;
    if (this.nodes.length && enough && (!drops || this.#factors.length)) return;
    const dropout = drops || this.#factors.length > 0;
    const table = this.reserve(rows, dropout);
    this.reserveBackward(windows, table);
    const { dropped, nodes } = this.graph;
    const { padded } = this.parameters.layout;
    this.#places = table(1);
    this.#raw = table(Math.max(...this.#widths.values(), ...dropped));
    const names = [...this.#widths].map(
      ([name, width]) => [name, name === 'features' ? this.features : table(width)] as const,
    );
    this.#arrays = new Map(names);
    this.#factors = dropout ? dropped.map((width) => table(padded(width))) : [];
    this.#dropped = dropout
      ? nodes.map((node) => (node.dropout < 0 ? 0 : table(padded(node.width))))
      : [];
    this.clear();
    this.#windows = windows;
    this.capacity = rows;
  }

  /** Copies an array [places, width] to `to`, in the order of the rows. */
  #gather(
    from: Float32Array | Int32Array,
    to: number,
    { width, stride = width }: { width: number; stride?: number },
  ): void {
    const { floats, ints, kernels } = this.memory;
    (from instanceof Int32Array ? ints : floats).set(from, this.#raw >> 2);
    kernels.gather(to, 4 * stride, this.#raw, this.#places, this.rows, 4 * width);
  }

  /** Pointer to an array of the batch, to the row with the first target unless another is given. */
  #array(name: BatchArray, row = this.firstTarget): number {
    return (this.#arrays.get(name) ?? 0) + 4 * row * (this.#widths.get(name) ?? 0);
  }

  /** The heads' rows with targets: their first element, the bytes of each, and how many there are. */
  #outputs({ linear }: HeadsNode, outputs: number) {
    const row = 4 * this.parameters.sizeOf(linear.weights).columns;
    return { row, first: outputs + this.firstTarget * row, rows: this.rows - this.firstTarget };
  }

  /** Writes to `to` what dropout leaves of a node's result `x`, or of its gradient; returns where that is. */
  #drop(node: LayerNode | EmbedNode, x: number, to = x): number {
    if (!this.#drops || node.dropout < 0) return x;
    const columns = this.parameters.layout.padded(node.width);
    const from = 'kind' in node && node.kind === 'dense' ? this.firstTarget : 0;
    const [skipped, count] = [4 * from * columns, (this.rows - from) * columns];
    const factors = this.#factors[node.dropout] + skipped;
    this.memory.kernels.dropOut(to + skipped, x + skipped, factors, count);
    return to;
  }
}
