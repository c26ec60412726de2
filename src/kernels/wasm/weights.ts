import { engineLayout, toEngine, toFlat } from '../../network/engine-layout.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import type { NetworkGraph, RecurrentNode } from '../../network/graph.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { Layout, WasmMemory } from './memory.ts';
import { nodesOf } from './node-memory.ts';
import type { StepKernelName } from './step-binaries.ts';

/** Columns of a panel; every width is a multiple of it. */
const PAD = 8;

export interface WasmWeightsOptions {
  readonly memory: WasmMemory<StepKernelName>;
  readonly place: Layout;
}

/** Of shapes that are in use: new weights of a shape are no work for a game's thread then. */
const layouts = new WeakMap<NetworkShape, EngineLayout>();

function layoutOf(graph: NetworkGraph): EngineLayout {
  const known = layouts.get(graph.shape);
  if (known) return known;
  const layout = engineLayout(graph, PAD);
  layouts.set(graph.shape, layout);
  return layout;
}

/** A network's weights in wasm memory, as one array in the engine layout and as panels for `product`. */
export class WasmWeights {
  readonly layout: EngineLayout;
  /** Elements of the array, a multiple of 4. */
  readonly count: number;
  readonly pointer: number;
  /** Pointers to the panels of each matrix, by its index; 0 for vectors and tables. */
  readonly panels: readonly number[];
  /** Recurrent layers, and by index a pointer to the sum of both biases for LSTM, to the input's for GRU. */
  readonly recurrent: readonly RecurrentNode[];
  readonly biases: readonly number[];
  readonly #memory: WasmMemory<StepKernelName>;

  constructor(graph: NetworkGraph, { memory, place }: WasmWeightsOptions) {
    const layout = layoutOf(graph);
    this.layout = layout;
    this.#memory = memory;
    this.count = Math.ceil(layout.length / 4) * 4;
    this.pointer = place.take(this.count);
    this.panels = graph.matrices.map(({ kind, index }) => {
      const { rows, columns } = layout.matrices[index];
      return kind === 'matrix' ? place.take(rows * columns) : 0;
    });
    const nodes = nodesOf(graph);
    this.recurrent = nodes.filter((node) => node.kind === 'recurrent');
    this.biases = nodes.map((node) => {
      if (node.kind !== 'recurrent') return 0;
      const { cell, inputBias } = node;
      return cell === 'lstm'
        ? place.take(layout.matrices[inputBias.index].columns)
        : this.at(inputBias);
    });
  }

  /** Pointer to a matrix of the layout, in the array that begins at `start`. */
  at({ index }: WeightMatrix, start = this.pointer): number {
    return start + 4 * this.layout.matrices[index].offset;
  }

  /** Copies flat weights in, and packs them. Throws RangeError when their number is not that of the shape. */
  set(flat: Float32Array): void {
    const { length } = this.layout.places;
    if (flat.length !== length)
      throw new RangeError(`the network has ${length} weights, not ${flat.length}`);
    this.#memory.floats.set(toEngine(flat, this.layout), this.pointer >> 2);
    this.pack();
  }

  /** A new flat array of these weights, or of an array laid out like them, as a gradient. */
  flat(start = this.pointer): Float32Array<ArrayBuffer> {
    return toFlat(this.#memory.floats.subarray(start >> 2), this.layout);
  }

  /** Packs the panels. Call it after every change of the weights. */
  pack(): void {
    const { kernels, floats } = this.#memory;
    const { graph, matrices } = this.layout;
    for (const matrix of graph.matrices) {
      const { rows, columns } = matrices[matrix.index];
      const panels = this.panels[matrix.index];
      if (panels) kernels.packPanels(panels, this.at(matrix), 4 * columns, rows, columns, 0);
    }
    for (const { cell, index, inputBias, recurrentBias } of this.recurrent) {
      if (cell !== 'lstm') continue;
      const [sum, left, right] = [this.biases[index], this.at(inputBias), this.at(recurrentBias)];
      for (let i = 0; i < matrices[inputBias.index].columns; i++)
        floats[(sum >> 2) + i] = floats[(left >> 2) + i] + floats[(right >> 2) + i];
    }
  }
}
