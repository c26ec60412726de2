import type { NetworkGraph, HeadsNode, RecurrentNode } from '../../network/graph.ts';
import type { StepOperations } from '../../network/operations.ts';
import type { NetworkState } from '../../network/streaming.ts';
import type { FloatArray } from '../../util/math.ts';
import { Layout, WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { WasmForward } from './operations.ts';
import { STEP_BINARIES } from './step-binaries.ts';
import { WasmWeights } from './weights.ts';

/**
 * One step of n characters. States are outside of wasm memory, so each is copied in and out: recurrent layers
 * keep them in place of their results. More characters get a new layout, behind the weights.
 */
export class WasmStep extends WasmForward implements StepOperations<Float32Array, number> {
  readonly engine = 'wasm';
  /** First byte behind the weights, and behind all. */
  readonly #start: number;
  #end: number;
  #capacity = 0;

  /** Throws `no-wasm` where wasm does not run. Set weights before the first step. */
  constructor(graph: NetworkGraph, build?: WasmBuild) {
    const memory = new WasmMemory(STEP_BINARIES, build);
    const place = new Layout();
    const weights = new WasmWeights(graph, { memory, place });
    super(memory, weights);
    memory.reach(place.end);
    this.#start = place.end;
    this.#end = place.end;
  }

  /** Bytes of memory in use; grows only with the largest number of characters. */
  get size(): number {
    return this.memory.size;
  }

  floatsOf(): Float32Array {
    return this.memory.floats;
  }

  at({ linear }: HeadsNode, outputs: number, row: number): number {
    return (outputs >> 2) + row * this.columns(linear.weights);
  }

  /** Nothing of earlier weights remains. Throws RangeError, and changes nothing, when their number is wrong. */
  setWeights(weights: Float32Array): void {
    this.weights.set(weights);
    // Broken weights leave NaN in the padding, where no kernel would ever overwrite it.
    this.#clear();
  }

  /** Throws RangeError when the features are not [count, F]. */
  begin(features: FloatArray, count: number): void {
    const { inputs } = this.weights.layout.graph.input;
    if (features.length !== count * inputs)
      throw new RangeError(
        `${count} steps have ${count * inputs} features, not ${features.length}`,
      );
    if (count > this.#capacity) this.#reserve(count);
    this.rows = count;
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
    const { recurrent, layout } = this.weights;
    for (let i = 0; i < recurrent.length; i++) {
      const { index, layer, width, recurrentWeights } = recurrent[i];
      const at = this.nodes[index];
      const start = row * layout.matrices[recurrentWeights.index].rows;
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

  protected recurrent(node: RecurrentNode, x: number): number {
    this.advance(node, x, 0, this.rows, 0);
    return this.nodes[node.index].result;
  }

  /** Makes room for `count` characters; results of earlier steps may be lost. */
  #reserve(count: number): void {
    const place = new Layout(this.#start);
    this.reserveRows(place, count);
    this.memory.reach(place.end);
    this.#end = place.end;
    this.#capacity = count;
    this.#clear();
  }

  /** Clears what earlier steps wrote. Keeps the layout. */
  #clear(): void {
    // Padding must be zero, and no kernel writes into it.
    this.memory.clear(this.#start, (this.#end - this.#start) / 4);
    for (let i = 0; i < this.#capacity; i++) this.memory.ints[(this.places >> 2) + i] = i;
  }
}
