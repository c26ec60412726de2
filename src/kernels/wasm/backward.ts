import type {
  DenseNode,
  EmbedNode,
  LayerNode,
  NetworkGraph,
  RecurrentNode,
} from '../../network/graph.ts';
import type { LayerBackward } from '../../network/operations.ts';
import type { Packing } from '../../network/packing.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import { BINARIES } from './binaries.ts';
import { WasmForward } from './forward.ts';
import { WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { PANEL, WasmWeights } from './weights.ts';

/** Rows summed at a time into weight gradients: their panel stays in the first-level cache. */
const BLOCK = 128;

/** Columns [from, to) of a matrix. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Adds gradients of weights. Rows are taken in blocks, so that matrices with the same sums use the same panels. */
export abstract class WasmBackward extends WasmForward {
  declare protected readonly memory: WasmMemory;
  protected packing!: Packing;
  protected readonly before = -1;
  /**
   * First row with a target, N without any: what dense layers compute, only targets need. Where only last steps
   * are targets, it is near N.
   */
  protected firstTarget = 0;
  /** Pointer to an array laid out like the weights. */
  protected readonly gradientAt: number;
  /** The embedded input's columns of whose gradient embeddings need something. */
  readonly #embedded = embeddedColumns(this.graph.input);
  /** [N, inputs] by index of the node, gradient of its input; one for the first layers, 0 where not needed. */
  #dX: readonly number[] = [];
  /** Pointers to panels of `BLOCK` rows, and of a transposed matrix. */
  #panels = 0;
  #turned = 0;
  /** [B, H] gradients of cell states. */
  #carry = 0;
  /** A row of zeros, as wide as the widest. */
  #zeros = 0;

  constructor(graph: NetworkGraph, build?: WasmBuild) {
    const memory = new WasmMemory(BINARIES, build);
    super(memory, new WasmWeights(graph, memory));
    this.gradientAt = memory.take(this.parameters.count);
  }

  /** Makes room for a batch of so many windows; `table` assigns a table with a row for each place. */
  protected reserveBackward(windows: number, table: (columns: number) => number): void {
    const { layout } = this.parameters;
    const { input, branches, matrices } = this.graph;
    const dInput = input.blocks.length ? table(layout.padded(input.width)) : 0;
    this.#dX = branches.flatMap(({ layers, heads }) =>
      [...layers, heads.linear].map(({ inputs }, i) => (i ? table(layout.padded(inputs)) : dInput)),
    );
    const sizes = matrices.flatMap((matrix) =>
      matrix.kind === 'matrix' ? [this.parameters.sizeOf(matrix)] : [],
    );
    const widest = Math.max(...sizes.flatMap(({ rows, columns }) => [rows, columns]));
    this.#carry = this.memory.take(windows * widest);
    this.#panels = this.memory.take(BLOCK * widest);
    this.#turned = this.memory.take(Math.max(...sizes.map(({ rows, columns }) => rows * columns)));
    this.#zeros = this.memory.take(widest);
  }

  /** Adds the gradients of a layer's weights, given that of its result. Returns that of its input, if needed. */
  protected gradients(node: LayerNode, run: LayerBackward<number>): number | null {
    if (node.kind === 'dense') return this.#dense(node, run);
    this.#recurrent(node, run);
    return this.#input(node, node.inputWeights, { ...run, dOut: this.nodes[node.index].gates });
  }

  #dense(node: DenseNode, run: LayerBackward<number>): number | null {
    const { index, weights, bias, rectify } = node;
    const [{ dOut }, from] = [run, this.firstTarget];
    if (rectify) {
      const { columns } = this.parameters.sizeOf(weights);
      const [start, count] = [4 * from * columns, (this.rows - from) * columns];
      this.memory.kernels.rectifyBackward(dOut + start, this.nodes[index].result + start, count);
    }
    for (let row = from; row < this.rows; row += BLOCK) {
      const count = Math.min(BLOCK, this.rows - row);
      this.#pack(bias, dOut, row, count);
      this.#addProduct(weights, run.x, row, count);
    }
    return this.#input(node, weights, run);
  }

  /**
   * The row of the step before is as many rows above as windows were running then, so that successive steps
   * with equally many windows share blocks.
   */
  #recurrent(node: RecurrentNode, { x, dOut }: LayerBackward<number>): void {
    this.#backThroughTime(node, dOut);
    const at = this.nodes[node.index];
    const { inputWeights, recurrentWeights, inputBias, recurrentBias } = node;
    const { first, active, steps } = this.packing;
    let row = 0;
    for (let step = 0; step < steps;) {
      const above = step ? active[step - 1] : 0;
      step++;
      if (above) while (step < steps && active[step - 1] === above) step++;
      const end = step < steps ? first[step] : this.rows;
      for (; row < end; row += BLOCK) {
        const count = Math.min(BLOCK, end - row);
        this.#pack(inputBias, at.gates, row, count);
        this.#addProduct(inputWeights, x, row, count);
        if (at.shares) this.#pack(recurrentBias, at.shares, row, count);
        if (above) this.#addProduct(recurrentWeights, at.result, row - above, count);
      }
      row = end;
    }
    if (at.shares) return;
    // An LSTM adds both biases to the same sums, so their gradients are equal.
    const start = this.parameters.at(inputBias, this.gradientAt) >> 2;
    const target = this.parameters.at(recurrentBias, this.gradientAt) >> 2;
    const { columns } = this.parameters.sizeOf(inputBias);
    this.memory.floats.copyWithin(target, start, start + columns);
  }

  /** The gradient of the input, given that of its product with the weights. Rows before the first target have none. */
  #input(
    node: LayerNode,
    weights: WeightMatrix,
    { x, dOut, dX, needed }: LayerBackward<number>,
  ): number | null {
    if (!needed) return null;
    const from = node.kind === 'dense' ? this.firstTarget : 0;
    const { rows: inputs, columns } = this.parameters.sizeOf(weights);
    const [xRow, row] = [4 * inputs, 4 * columns];
    const result = dX ?? this.#dX[node.index];
    const sums = dOut + from * row;
    if (dX === null) this.memory.clear(result, from * inputs);
    const spans = x === this.x ? this.#embedded : [{ from: 0, to: inputs }];
    for (const span of spans) {
      const turned = this.#turn(weights, span);
      const first = result + from * xRow + 4 * span.from;
      const [init, initRow] = dX === null ? [this.#zeros, 0] : [first, xRow];
      // prettier-ignore
      this.memory.kernels.product(first, xRow, init, initRow, sums, row, 4, turned, this.rows - from, columns, span.to - span.from);
    }
    return result;
  }

  /** Panels of rows of a matrix, transposed; valid until the next ones. */
  #turn(weights: WeightMatrix, { from, to }: Span): number {
    const { columns } = this.parameters.sizeOf(weights);
    const first = this.parameters.at(weights) + 4 * columns * from;
    this.memory.kernels.packTurnedPanels(this.#turned, first, 4 * columns, columns, to - from);
    return this.#turned;
  }

  /** The gradients of all gates' sums, from the last time step to the first. */
  #backThroughTime(node: RecurrentNode, dOut: number): void {
    const { kernels } = this.memory;
    const at = this.nodes[node.index];
    const { rows: units, columns: gates } = this.parameters.sizeOf(node.recurrentWeights);
    const turned = this.#turn(node.recurrentWeights, { from: 0, to: units });
    const [carry, row, gateRow] = [this.#carry, 4 * units, 4 * gates];
    const { first, active, steps } = this.packing;
    if (steps) this.memory.clear(carry, active[0] * units);
    for (let step = steps - 1; step >= 0; step--) {
      const rows = active[step];
      const gate = at.gates + first[step] * gateRow;
      const share = at.shares + first[step] * gateRow;
      const dHere = dOut + first[step] * row;
      const before = step ? first[step - 1] * row : 0;
      const below = step ? dOut + before : 0;
      if (node.cell === 'lstm') {
        const cellBefore = step ? at.cell + before : 0;
        const squashed = at.squashed + first[step] * row;
        kernels.lstmBackward(gate, cellBefore, squashed, dHere, carry, rows, units);
      } else {
        const hiddenBefore = step ? at.result + before : 0;
        kernels.gruBackward(gate, share, hiddenBefore, dHere, below, rows, units);
      }
      const sum = node.cell === 'lstm' ? gate : share;
      // prettier-ignore
      if (step) kernels.product(below, row, below, row, sum, gateRow, 4, turned, rows, gates, units);
    }
  }

  /** Packs rows of gradients of sums, and adds them to the gradient of the bias. */
  #pack(bias: WeightMatrix, sums: number, row: number, rows: number): void {
    const { columns } = this.parameters.sizeOf(bias);
    const stride = 4 * columns;
    const to = this.parameters.at(bias, this.gradientAt);
    this.memory.kernels.packPanels(this.#panels, sums + row * stride, stride, rows, columns, to);
  }

  /** Adds the product of rows of the transposed input and the packed rows. */
  #addProduct(weights: WeightMatrix, x: number, row: number, rows: number): void {
    const { rows: inputs, columns } = this.parameters.sizeOf(weights);
    const [stride, xRow] = [4 * columns, 4 * inputs];
    const to = this.parameters.at(weights, this.gradientAt);
    // prettier-ignore
    this.memory.kernels.product(to, stride, to, stride, x + row * xRow, 4, xRow, this.#panels, inputs, rows, columns);
  }
}

/** The columns of the embedded input that embeddings fill, widened to whole panels. */
function embeddedColumns({ blocks }: EmbedNode): Span[] {
  const spans: Span[] = [];
  for (const { column, units } of blocks) {
    const from = Math.floor(column / PANEL) * PANEL;
    const to = Math.ceil((column + units) / PANEL) * PANEL;
    const last = spans.at(-1);
    if (last && from <= last.to) spans[spans.length - 1] = { from: last.from, to };
    else spans.push({ from, to });
  }
  return spans;
}
