import type {
  DenseNode,
  EmbedNode,
  HeadsNode,
  LayerNode,
  NetworkGraph,
  RecurrentNode,
} from '../../network/graph.ts';
import type { ForwardOperations } from '../../network/operations.ts';
import type { Packing } from '../../network/packing.ts';
import type { WasmMemory } from './memory.ts';
import type { StepKernelName } from './step-binaries.ts';
import type { WasmWeights } from './weights.ts';

/** Pointers to what a layer, or the joined heads, compute; 0 where a node has no such thing. */
export interface NodeMemory {
  /** [N, width] before dropout; of a recurrent layer, the hidden states. */
  readonly result: number;
  /** [N, G] activations of the gates; in the backward pass, gradients of their sums. */
  readonly gates: number;
  /** [N, G] the hidden state's share of the sums, for GRU. */
  readonly shares: number;
  /** [N, H] cell states and their tanh, for LSTM. */
  readonly cell: number;
  readonly squashed: number;
}

/**
 * What batches and single steps compute alike. A handle is a pointer to the first row. Positional arguments, as
 * an object would be garbage at every step.
 */
export abstract class WasmForward implements ForwardOperations<number> {
  readonly graph: NetworkGraph;
  /** Which rows each time step has, and the first row of the states before the first one; -1 = from zero state. */
  protected abstract packing: Pick<Packing, 'first' | 'active' | 'steps'>;
  protected abstract readonly before: number;
  /** N, and how many rows there is memory for. */
  protected rows = 0;
  protected capacity = 0;
  /** Pointers to [N, F] features, to the embedded input and, by index of the node, to what each one computes. */
  protected features = 0;
  protected x = 0;
  protected nodes: readonly NodeMemory[] = [];
  protected readonly memory: WasmMemory<StepKernelName>;
  protected readonly parameters: WasmWeights;
  /** First byte of the memory that is assigned by the number of rows. */
  #start = 0;

  constructor(memory: WasmMemory<StepKernelName>, parameters: WasmWeights) {
    this.graph = parameters.layout.graph;
    this.memory = memory;
    this.parameters = parameters;
  }

  embed({ inputs, width, blocks }: EmbedNode): number {
    const { features, rows, x, parameters } = this;
    if (x === features) return x;
    const kernels = this.memory.kernels;
    const [row, featureRow] = [4 * parameters.layout.padded(width), 4 * inputs];
    let [from, to] = [0, 0];
    for (let i = 0; i <= blocks.length; i++) {
      // The columns before the next block are copied.
      const count = (i < blocks.length ? blocks[i].offset : inputs) - from;
      if (count) kernels.copyColumns(x + 4 * to, row, features + 4 * from, featureRow, rows, count);
      if (i === blocks.length) break;
      const { column, offset, categories, units, table } = blocks[i];
      // prettier-ignore
      kernels.embedColumns(x + 4 * column, row, features + 4 * offset, featureRow, rows, categories, units, parameters.at(table));
      from = offset + categories;
      to = column + units;
    }
    return x;
  }

  layer(node: LayerNode, x: number): number {
    return node.kind === 'recurrent' ? this.#recurrent(node, x) : this.dense(node, x);
  }

  /** Rows before `from` are not computed. */
  protected dense({ index, weights, bias, rectify }: DenseNode, x: number, from = 0): number {
    const { rows: inputs, columns } = this.parameters.sizeOf(weights);
    const [row, xRow] = [4 * columns, 4 * inputs];
    const { result } = this.nodes[index];
    const [out, rows] = [result + from * row, this.rows - from];
    const panels = this.parameters.panels[weights.index];
    // prettier-ignore
    this.memory.kernels.product(out, row, this.parameters.at(bias), 0, x + from * xRow, xRow, 4, panels, rows, inputs, columns);
    if (rectify) this.memory.kernels.rectify(out, rows * columns);
    return result;
  }

  /** Adds the matches' share to the gates. */
  addMatches({ linear, votes }: HeadsNode, outputs: number, from = 0): void {
    const { inputs } = this.graph.input;
    const row = 4 * this.parameters.sizeOf(linear.weights).columns;
    for (let i = 0; i < votes.length; i++) {
      const { gate, matches } = votes[i];
      const out = outputs + from * row + 4 * gate.column;
      const first = this.features + 4 * ((from + 1) * inputs - matches.columns);
      // prettier-ignore
      this.memory.kernels.gateMatches(out, row, gate.size, this.rows - from, first, 4 * inputs, matches.columns, this.parameters.at(matches));
    }
  }

  #recurrent(node: RecurrentNode, x: number): number {
    const { index, inputWeights, recurrentWeights } = node;
    const { panels, biases } = this.parameters;
    const kernels = this.memory.kernels;
    const { rows: inputs, columns: gates } = this.parameters.sizeOf(inputWeights);
    const units = this.parameters.sizeOf(recurrentWeights).rows;
    const [xRow, row, gateRow] = [4 * inputs, 4 * units, 4 * gates];
    const at = this.nodes[index];
    const [inner, outer] = [panels[inputWeights.index], panels[recurrentWeights.index]];
    const { first, active, steps } = this.packing;
    for (let step = 0; step < steps; step++) {
      const [start, rows] = [first[step], active[step]];
      const before = step ? first[step - 1] : this.before;
      const gate = at.gates + start * gateRow;
      const hidden = at.result + start * row;
      const hiddenBefore = before < 0 ? 0 : at.result + before * row;
      // prettier-ignore
      kernels.product(gate, gateRow, biases[index], 0, x + start * xRow, xRow, 4, inner, rows, inputs, gates);
      if (node.cell === 'lstm') {
        // An LSTM has one sum for input and hidden state, which is complete without the latter.
        // prettier-ignore
        if (hiddenBefore) kernels.product(gate, gateRow, gate, gateRow, hiddenBefore, row, 4, outer, rows, units, gates);
        const cellBefore = before < 0 ? 0 : at.cell + before * row;
        const [cell, squashed] = [at.cell + start * row, at.squashed + start * row];
        kernels.lstmForward(gate, cellBefore, cell, squashed, hidden, rows, units);
      } else {
        const share = at.shares + start * gateRow;
        const bias = this.parameters.at(node.recurrentBias);
        // Without a hidden state, a GRU's share of it is the bias.
        // prettier-ignore
        kernels.product(share, gateRow, bias, 0, hiddenBefore, row, 4, outer, rows, hiddenBefore ? units : 0, gates);
        kernels.gruForward(gate, share, hiddenBefore, hidden, rows, units);
      }
    }
    return at.result;
  }

  /**
   * Makes room for so many rows, behind what was assigned before the first call; what is there may be lost. Set
   * `capacity` once all is assigned, as memory may run out. Returns what assigns more tables of so many rows.
   *
   * @param dropout whether there may be dropout, so that the embedded input must not be the features themselves
   */
  protected reserve(rows: number, dropout = false): (columns: number) => number {
    this.#start ||= this.memory.end;
    this.memory.end = this.#start;
    this.capacity = 0;
    // 4 numbers more, as vectors are read past the end of a row of odd width.
    const table = (columns: number): number => this.memory.take(rows * columns + 4);
    const { padded } = this.parameters.layout;
    const { input, nodes } = this.graph;
    this.features = table(input.inputs);
    const isSame = !dropout && !input.blocks.length && padded(input.width) === input.inputs;
    this.x = isSame ? this.features : table(padded(input.width));
    this.nodes = nodes.map((node): NodeMemory => {
      const cell = node.kind === 'recurrent' && node.cell;
      const width = padded(node.width);
      return {
        result: table(width),
        gates: node.kind === 'recurrent' ? table(node.inputWeights.blocks * width) : 0,
        shares: cell === 'gru' ? table(3 * width) : 0,
        cell: cell === 'lstm' ? table(width) : 0,
        squashed: cell === 'lstm' ? table(width) : 0,
      };
    });
    return table;
  }

  /** Clears what is assigned by the number of rows. Padding must be zero, and no kernel writes into it. */
  protected clear(): void {
    if (this.#start) this.memory.clear(this.#start, (this.memory.end - this.#start) / 4);
  }
}
