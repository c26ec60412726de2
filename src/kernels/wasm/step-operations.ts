import type { NetworkGraph, HeadsNode } from '../../network/graph.ts';
import type { StepOperations } from '../../network/operations.ts';
import type { NetworkState } from '../../network/streaming.ts';
import type { FloatArray } from '../../util/math.ts';
import { WasmForward } from './forward.ts';
import { WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { STEP_BINARIES } from './step-binaries.ts';
import { WasmWeights } from './weights.ts';

/**
 * One step of n characters. States are outside of wasm memory, so each is copied in and out: recurrent layers
 * keep them in place of their results. More characters get a new layout, behind the weights.
 */
export class WasmStep extends WasmForward implements StepOperations<Float32Array, number> {
  readonly engine = 'wasm';
  protected packing = { steps: 1, first: Int32Array.of(0), active: Int32Array.of(0) };
  protected readonly before = 0;

  /** Throws `no-wasm` where wasm does not run. Set weights before the first step. */
  constructor(graph: NetworkGraph, build?: WasmBuild) {
    const memory = new WasmMemory(STEP_BINARIES, build);
    super(memory, new WasmWeights(graph, memory));
  }

  /** Bytes of memory in use; grows only with the largest number of characters. */
  get size(): number {
    return this.memory.size;
  }

  floatsOf(): Float32Array {
    return this.memory.floats;
  }

  at({ linear }: HeadsNode, outputs: number, row: number): number {
    return (outputs >> 2) + row * this.parameters.sizeOf(linear.weights).columns;
  }

  /** Nothing of earlier weights remains. Throws RangeError, and changes nothing, when their number is wrong. */
  setWeights(weights: Float32Array): void {
    this.parameters.set(weights);
    // Broken weights leave NaN in the padding, where no kernel would ever overwrite it.
    this.clear();
  }

  /** Throws RangeError when the features are not [count, F]. */
  begin(features: FloatArray, count: number): void {
    const { inputs } = this.graph.input;
    if (features.length !== count * inputs)
      throw new RangeError(
        `${count} steps have ${count * inputs} features, not ${features.length}`,
      );
    if (count > this.capacity) {
      this.reserve(count);
      this.clear();
      this.capacity = count;
    }
    this.rows = count;
    this.packing.active[0] = count;
    this.memory.floats.set(features, this.features >> 2);
  }

  load(row: number, state: NetworkState): void {
    this.#copy(row, state, true);
  }

  store(row: number, state: NetworkState): void {
    this.#copy(row, state, false);
  }

  /** Copies a state into memory, or out. */
  #copy(row: number, { hidden, cell }: NetworkState, into: boolean): void {
    const { floats } = this.memory;
    const { recurrent } = this.parameters;
    for (let i = 0; i < recurrent.length; i++) {
      const { index, layer, width, recurrentWeights } = recurrent[i];
      const at = this.nodes[index];
      const start = row * this.parameters.sizeOf(recurrentWeights).rows;
      const [result, cells] = [(at.result >> 2) + start, (at.cell >> 2) + start];
      // Loops instead of `set(subarray)`: for so few numbers, making views takes longer than copying.
      const from = layer * width;
      if (into) for (let j = 0; j < width; j++) floats[result + j] = hidden[from + j];
      else for (let j = 0; j < width; j++) hidden[from + j] = floats[result + j];
      if (!at.cell) continue;
      if (into) for (let j = 0; j < width; j++) floats[cells + j] = cell[from + j];
      else for (let j = 0; j < width; j++) cell[from + j] = floats[cells + j];
    }
  }
}
