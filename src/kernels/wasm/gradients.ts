import type { DenseNode, EmbedNode, RecurrentNode } from '../../network/graph.ts';
import type { LayerBackward } from '../../network/operations.ts';
import type { Packing } from '../../network/packing.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import type { WasmMemory } from './memory.ts';
import type { NodeMemory } from './node-memory.ts';
import type { WasmWeights } from './weights.ts';

/** Rows summed at a time into weight gradients: their panel stays in the first-level cache. */
export const BLOCK = 128;

/** Columns of a panel of weights. */
const PANEL = 8;

/** Columns [from, to) of a matrix. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Pointers to rows [from, rows) of a layer's matrices. */
export interface BackwardRows extends LayerBackward<number> {
  readonly from: number;
  readonly rows: number;
  /** [N, I] where the gradient of `x` goes when there is no `dX`. */
  readonly to: number;
}

export interface RecurrentRows extends BackwardRows {
  readonly packing: Packing;
  /** As the forward pass left it; its gates, and for GRU its shares, become the gradients of their sums. */
  readonly at: NodeMemory;
}

/** Pointers to memory that is overwritten. */
export interface Scratch {
  /** Panels of `BLOCK` rows. */
  readonly panels: number;
  /** Panels of a transposed matrix. */
  readonly turned: number;
  /** [B, H] gradients of cell states. */
  readonly carry: number;
  /** A row of zeros, as wide as the widest. */
  readonly zeros: number;
}

/** Adds gradients of weights. Rows are taken in blocks, so that matrices with the same sums use the same panels. */
export class Gradients {
  scratch!: Scratch;
  readonly #memory: WasmMemory;
  readonly #weights: WasmWeights;
  readonly #gradient: number;
  /** The weights that multiply the embedded input, of whose gradient only the embeddings' columns are needed. */
  readonly #lowest: ReadonlySet<WeightMatrix>;
  readonly #embedded: readonly Span[];

  /** `gradient` points to an array laid out like the weights, to which gradients are added. */
  constructor(memory: WasmMemory, weights: WasmWeights, { gradient }: { gradient: number }) {
    this.#memory = memory;
    this.#weights = weights;
    this.#gradient = gradient;
    const { input, branches } = weights.layout.graph;
    const lowest = branches.map(({ layers: [layer] }) => layer);
    this.#lowest = new Set(
      lowest.map((layer) => (layer.kind === 'dense' ? layer.weights : layer.inputWeights)),
    );
    this.#embedded = embeddedColumns(input);
  }

  /** Those of a linear layer, given that of its result. Returns that of its input, null when not needed. */
  linear({ weights, bias }: DenseNode, run: BackwardRows): number | null {
    const { from, rows, x, dOut } = run;
    for (let row = from; row < rows; row += BLOCK) {
      const count = Math.min(BLOCK, rows - row);
      this.#pack(bias, dOut, row, count);
      this.#addProduct(weights, x, row, count);
    }
    return this.#input(weights, run);
  }

  /**
   * The same of a recurrent layer. The row of the step before is as many rows above as windows were running then, so that successive steps
   * with equally many windows share blocks.
   */
  recurrent(node: RecurrentNode, run: RecurrentRows): number | null {
    this.#backThroughTime(node, run);
    const { packing, at, x } = run;
    const { inputWeights, recurrentWeights, inputBias, recurrentBias } = node;
    const { first, active, steps } = packing;
    let row = 0;
    for (let step = 0; step < steps;) {
      const above = step ? active[step - 1] : 0;
      step++;
      if (above) while (step < steps && active[step - 1] === above) step++;
      const end = step < steps ? first[step] : packing.rows;
      for (; row < end; row += BLOCK) {
        const count = Math.min(BLOCK, end - row);
        this.#pack(inputBias, at.gates, row, count);
        this.#addProduct(inputWeights, x, row, count);
        if (at.shares) this.#pack(recurrentBias, at.shares, row, count);
        if (above) this.#addProduct(recurrentWeights, at.result, row - above, count);
      }
      row = end;
    }
    if (!at.shares) this.#copy(recurrentBias, inputBias);
    return this.#input(inputWeights, { ...run, dOut: at.gates });
  }

  /** The gradient of the input, given that of its product with the weights. Rows before `from` have none. */
  #input(weights: WeightMatrix, run: BackwardRows): number | null {
    const { from, rows, dOut, dX, needed, to } = run;
    if (!needed) return null;
    const { rows: inputs, columns } = this.#weights.layout.matrices[weights.index];
    const [xRow, row] = [4 * inputs, 4 * columns];
    const result = dX ?? to;
    const sums = dOut + from * row;
    if (dX === null) this.#memory.clear(result, from * inputs);
    const spans = this.#lowest.has(weights) ? this.#embedded : [{ from: 0, to: inputs }];
    for (const span of spans) {
      const turned = this.#turn(weights, span);
      const first = result + from * xRow + 4 * span.from;
      const [init, initRow] = dX === null ? [this.scratch.zeros, 0] : [first, xRow];
      // prettier-ignore
      this.#memory.kernels.product(first, xRow, init, initRow, sums, row, 4, turned, rows - from, columns, span.to - span.from);
    }
    return result;
  }

  /** Panels of rows of a matrix, transposed; valid until the next ones. Default: all rows. */
  #turn(weights: WeightMatrix, span?: Span): number {
    const { rows, columns } = this.#weights.layout.matrices[weights.index];
    const { from, to } = span ?? { from: 0, to: rows };
    const { turned } = this.scratch;
    const first = this.#weights.at(weights) + 4 * columns * from;
    this.#memory.kernels.packTurnedPanels(turned, first, 4 * columns, columns, to - from);
    return turned;
  }

  /** The gradients of all gates' sums, from the last time step to the first. */
  #backThroughTime(node: RecurrentNode, { packing, at, dOut }: RecurrentRows): void {
    const { kernels } = this.#memory;
    const { index } = node.recurrentWeights;
    const { rows: units, columns: gates } = this.#weights.layout.matrices[index];
    const turned = this.#turn(node.recurrentWeights);
    const { carry } = this.scratch;
    const [row, gateRow] = [4 * units, 4 * gates];
    const { first, active, steps } = packing;
    if (steps) this.#memory.clear(carry, active[0] * units);
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
    const { columns } = this.#weights.layout.matrices[bias.index];
    const stride = 4 * columns;
    const to = this.#weights.at(bias, this.#gradient);
    const { panels } = this.scratch;
    this.#memory.kernels.packPanels(panels, sums + row * stride, stride, rows, columns, to);
  }

  /** Adds the product of rows of the transposed input and the packed rows. */
  #addProduct(weights: WeightMatrix, x: number, row: number, rows: number): void {
    const { rows: inputs, columns } = this.#weights.layout.matrices[weights.index];
    const [stride, xRow] = [4 * columns, 4 * inputs];
    const to = this.#weights.at(weights, this.#gradient);
    // prettier-ignore
    this.#memory.kernels.product(to, stride, to, stride, x + row * xRow, 4, xRow, this.scratch.panels, inputs, rows, columns);
  }

  /** An LSTM adds both biases to the same sums, so their gradients are equal. */
  #copy(to: WeightMatrix, from: WeightMatrix): void {
    const start = this.#weights.at(from, this.#gradient) >> 2;
    const { columns } = this.#weights.layout.matrices[from.index];
    const target = this.#weights.at(to, this.#gradient) >> 2;
    this.#memory.floats.copyWithin(target, start, start + columns);
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
