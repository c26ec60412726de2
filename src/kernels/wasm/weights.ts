import { engineLayout, toEngine, toFlat } from '../../network/engine-layout.ts';
import type { EngineLayout, EngineMatrix } from '../../network/engine-layout.ts';
import type { NetworkGraph, RecurrentNode } from '../../network/graph.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { WasmMemory } from './memory.ts';
import type { StepKernelName } from './step-binaries.ts';

/** Columns of a panel; every width is a multiple of it. */
export const PANEL = 8;

/** Of shapes that are in use: new weights of a shape are no work for a game's thread then. */
const layouts = new WeakMap<NetworkShape, EngineLayout>();

function layoutOf(graph: NetworkGraph): EngineLayout {
  const layout = layouts.get(graph.shape) ?? engineLayout(graph, PANEL);
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

  constructor(graph: NetworkGraph, memory: WasmMemory<StepKernelName>) {
    const layout = layoutOf(graph);
    this.layout = layout;
    this.#memory = memory;
    this.count = Math.ceil(layout.length / 4) * 4;
    this.pointer = memory.take(this.count);
    this.panels = graph.matrices.map((matrix) => {
      const { rows, columns } = this.sizeOf(matrix);
      return matrix.kind === 'matrix' ? memory.take(rows * columns) : 0;
    });
    this.recurrent = graph.nodes.filter((node) => node.kind === 'recurrent');
    this.biases = graph.nodes.map((node) => {
      if (node.kind !== 'recurrent') return 0;
      const { cell, inputBias } = node;
      return cell === 'lstm' ? memory.take(this.sizeOf(inputBias).columns) : this.at(inputBias);
    });
  }

  /** Padding included. */
  sizeOf({ index }: WeightMatrix): EngineMatrix {
    return this.layout.matrices[index];
  }

  /** Pointer to a matrix of the layout, in the array that begins at `start`. */
  at(matrix: WeightMatrix, start = this.pointer): number {
    return start + 4 * this.sizeOf(matrix).offset;
  }

  /** Copies flat weights in, and packs them. Throws RangeError when their number is not that of the shape. */
  set(flat: Float32Array): void {
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
    for (const matrix of this.layout.graph.matrices) {
      const { rows, columns } = this.sizeOf(matrix);
      const panels = this.panels[matrix.index];
      if (panels) kernels.packPanels(panels, this.at(matrix), 4 * columns, rows, columns, 0);
    }
    for (const { cell, index, inputBias, recurrentBias } of this.recurrent) {
      if (cell !== 'lstm') continue;
      const [sum, left, right] = [this.biases[index], this.at(inputBias), this.at(recurrentBias)];
      for (let i = 0; i < this.sizeOf(inputBias).columns; i++)
        floats[(sum >> 2) + i] = floats[(left >> 2) + i] + floats[(right >> 2) + i];
    }
  }
}
