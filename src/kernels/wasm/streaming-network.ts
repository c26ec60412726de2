import { matchColumn, matchWidth, timeExperts } from '../../network/shape.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { softplus } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { NetworkOutput, NetworkState, Streaming } from '../../network/streaming.ts';
import type { EngineReadout } from '../../network/engine-layout.ts';
import { Input } from './input.ts';
import type { StepKernels } from './kernels.ts';
import { Layout, WasmMemory } from './memory.ts';
import type { WasmBuild } from './module.ts';
import { STEP_BINARIES } from './step-binaries.ts';
import { StepMemory } from './step-memory.ts';
import type { StepPointers } from './step-memory.ts';
import { WasmWeights } from './weights.ts';
import type { ReadoutPanels } from './weights.ts';

export interface StreamingOptions {
  /** Default: the fastest one that runs. */
  readonly build?: WasmBuild;
}

/**
 * Like kernels/reference/streaming-network.ts, but in wasm memory. A step allocates nothing. States are
 * outside of that memory, so each is copied in and out. Freed by garbage collection.
 */
export class StreamingNetwork implements Streaming {
  readonly engine = 'wasm';
  readonly #memory: WasmMemory<StepKernels>;
  readonly shape: NetworkShape;
  readonly #weights: WasmWeights;
  readonly #input: Input;
  readonly #steps: StepMemory;
  /** Copies, since views of wasm memory become invalid when it grows. */
  readonly #output: NetworkOutput;

  /**
   * @param weights flat; copied
   * @throws `no-wasm` where wasm does not run; RangeError when the number of weights is wrong
   */
  constructor(shape: NetworkShape, weights: Float32Array, { build }: StreamingOptions = {}) {
    this.#memory = new WasmMemory(STEP_BINARIES, build);
    this.shape = shape;
    const place = new Layout();
    this.#weights = new WasmWeights(shape, { memory: this.#memory, place });
    this.#memory.reach(place.end);
    this.#input = new Input(this.#memory, this.#weights, shape);
    this.#steps = new StepMemory(this.#memory, place.end, { shape, layout: this.#weights.layout });
    this.#output = {
      actionLogits: new Float32Array(shape.actions),
      timeLogits: new Float32Array(shape.timeBins),
      values: new Float32Array(shape.values),
      gate: new Float32Array(shape.experts ?? 0),
      timeGate: new Float32Array(timeExperts(shape)),
    };
    this.setWeights(weights);
  }

  /**
   * Replaces the weights by others of the same shape, flat; copied. Nothing of the earlier ones remains.
   * Throws RangeError, and changes nothing, when their number is wrong.
   */
  setWeights(weights: Float32Array): void {
    this.#weights.set(weights);
    this.#weights.pack();
    // Broken weights leave NaN in the padding, where no kernel would ever overwrite it.
    this.#steps.clear();
  }

  /** Bytes of memory in use; grows only with the largest number of characters. */
  get size(): number {
    return this.#memory.size;
  }

  createState(): NetworkState {
    const { cell, layers, units } = this.shape;
    return {
      hidden: new Float32Array(layers * units),
      cell: new Float32Array(cell === 'lstm' ? layers * units : 0),
    };
  }

  resetState(state: NetworkState): void {
    state.hidden.fill(0);
    state.cell.fill(0);
  }

  step(state: NetworkState, features: FloatArray): NetworkOutput {
    const at = this.#begin(features, 1);
    this.#copyIn(state, 0, at);
    this.#run(1, at);
    this.#copyOut(state, 0, at);
    return this.#outputOf(0, at);
  }

  stepMany(
    states: readonly NetworkState[],
    features: FloatArray,
    each: (output: NetworkOutput, index: number) => void,
  ): void {
    if (!states.length) return;
    const at = this.#begin(features, states.length);
    for (let i = 0; i < states.length; i++) this.#copyIn(states[i], i, at);
    this.#run(states.length, at);
    for (let i = 0; i < states.length; i++) this.#copyOut(states[i], i, at);
    for (let i = 0; i < states.length; i++) each(this.#outputOf(i, at), i);
  }

  /** Copies the features in. Throws RangeError when they are not [count, F]. */
  #begin(features: FloatArray, count: number): StepPointers {
    if (features.length !== count * this.shape.features)
      throw new RangeError(
        `${count} steps have ${count * this.shape.features} features, not ${features.length}`,
      );
    const at = this.#steps.reserve(count);
    this.#memory.floats.set(features, at.features >> 2);
    return at;
  }

  /** Runs the network on `count` rows. */
  #run(count: number, at: StepPointers): void {
    const { kernels } = this.#memory;
    const { layout, layers, readout } = this.#weights;
    const { units } = layout;
    const lstm = this.shape.cell === 'lstm';
    const row = 4 * units;
    this.#input.write(at, count);
    let x = at.x;
    for (let layer = 0; layer < layers.length; layer++) {
      const { inputs, input, recurrent, bias } = layers[layer];
      const gates = layout.layers[layer].inputBias.columns;
      const recurrentBias = this.#weights.at(layout.layers[layer].recurrentBias);
      const hidden = at.hidden + layer * at.layerBytes;
      const cell = at.cell + layer * at.layerBytes;
      const gateRow = 4 * gates;
      // prettier-ignore
      kernels.product(at.gates, gateRow, bias, 0, x, 4 * inputs, 4, input, count, inputs, gates);
      if (lstm) {
        // prettier-ignore
        kernels.product(at.gates, gateRow, at.gates, gateRow, hidden, row, 4, recurrent, count, units, gates);
        kernels.lstmForward(at.gates, cell, cell, at.squashed, hidden, count, units);
      } else {
        // prettier-ignore
        kernels.product(at.recurrent, gateRow, recurrentBias, 0, hidden, row, 4, recurrent, count, units, gates);
        kernels.gruForward(at.gates, at.recurrent, hidden, hidden, count, units);
      }
      x = hidden;
    }
    this.#runHeads(count, at, { top: x, outputs: at.outputs, matrices: layout, panels: readout });
    this.#runFeedForward(count, at);
  }

  #runFeedForward(count: number, at: StepPointers): void {
    const { kernels } = this.#memory;
    const { layout, feedForward: panels } = this.#weights;
    const { inputs, feedForward: matrices } = layout;
    if (!matrices || !panels) return;
    const { units } = matrices;
    const [hidden, bias] = [at.feedForward, this.#weights.at(matrices.bias)];
    // prettier-ignore
    kernels.product(hidden, 4 * units, bias, 0, at.x, 4 * inputs, 4, panels.hidden, count, inputs, units);
    kernels.rectify(hidden, count * units);
    const outputs = at.feedForwardOutputs;
    this.#runHeads(count, at, { top: hidden, outputs, matrices, panels });
  }

  #runHeads(count: number, at: StepPointers, run: HeadsRun): void {
    const { kernels } = this.#memory;
    const { outputs: columns } = this.#weights.layout;
    const { top, outputs, matrices, panels } = run;
    const { units } = matrices;
    const bias = this.#weights.at(matrices.headBias);
    // prettier-ignore
    kernels.product(outputs, 4 * columns, bias, 0, top, 4 * units, 4, panels.head, count, units, columns);
    this.#addMatches(count, at, run, 'gate');
    this.#addMatches(count, at, run, 'time_gate');
  }

  #addMatches(
    count: number,
    at: StepPointers,
    { outputs, matrices }: HeadsRun,
    name: 'gate' | 'time_gate',
  ): void {
    const { layout } = this.#weights;
    const { column, size } = layout.heads[name];
    if (!size) return;
    const gate = outputs + 4 * column;
    const features = 4 * this.shape.features;
    const matches = at.features + 4 * matchColumn(this.shape);
    const weights = this.#weights.at(matrices.gateMatches[name]);
    // prettier-ignore
    this.#memory.kernels.gateMatches(gate, 4 * layout.outputs, size, count, at.places, matches, features, matchWidth(this.shape), weights);
  }

  // Loops instead of `set(subarray)`: for so few numbers, making views takes longer than copying.
  #copyIn({ hidden, cell }: NetworkState, row: number, at: StepPointers): void {
    const { floats } = this.#memory;
    const { units, layers } = this.shape;
    for (let layer = 0; layer < layers; layer++) {
      const offset = layer * at.layerBytes + 4 * row * this.#weights.layout.units;
      const [to, from] = [(at.hidden + offset) >> 2, layer * units];
      for (let j = 0; j < units; j++) floats[to + j] = hidden[from + j];
      if (!cell.length) continue;
      const toCell = (at.cell + offset) >> 2;
      for (let j = 0; j < units; j++) floats[toCell + j] = cell[from + j];
    }
  }

  #copyOut({ hidden, cell }: NetworkState, row: number, at: StepPointers): void {
    const { floats } = this.#memory;
    const { units, layers } = this.shape;
    for (let layer = 0; layer < layers; layer++) {
      const offset = layer * at.layerBytes + 4 * row * this.#weights.layout.units;
      const [from, to] = [(at.hidden + offset) >> 2, layer * units];
      for (let j = 0; j < units; j++) hidden[to + j] = floats[from + j];
      if (!cell.length) continue;
      const fromCell = (at.cell + offset) >> 2;
      for (let j = 0; j < units; j++) cell[to + j] = floats[fromCell + j];
    }
  }

  #outputOf(row: number, at: StepPointers): NetworkOutput {
    const { heads, outputs, feedForward } = this.#weights.layout;
    const from = (at.outputs >> 2) + row * outputs;
    // Without a feed-forward network, the mean is that of the recurrent outputs with themselves.
    const second = feedForward ? (at.feedForwardOutputs >> 2) + row * outputs : from;
    const { actionLogits, timeLogits, values, gate, timeGate } = this.#output;
    this.#copyMean(actionLogits, from + heads.action.column, second + heads.action.column);
    this.#copyMean(timeLogits, from + heads.time.column, second + heads.time.column);
    this.#copyMean(values, from + heads.values.column, second + heads.values.column);
    this.#copyWeights(gate, from + heads.gate.column, second + heads.gate.column);
    this.#copyWeights(timeGate, from + heads.time_gate.column, second + heads.time_gate.column);
    return this.#output;
  }

  #copyMean(to: Float32Array, a: number, b: number): void {
    const { floats } = this.#memory;
    for (let j = 0; j < to.length; j++) to[j] = (floats[a + j] + floats[b + j]) / 2;
  }

  /** The weights of the experts' votes, from the columns of the gates. */
  #copyWeights(to: Float32Array, a: number, b: number): void {
    const { floats } = this.#memory;
    for (let j = 0; j < to.length; j++) {
      const weight = softplus(floats[a + j]);
      to[j] = a === b ? weight : (weight + softplus(floats[b + j])) / 2;
    }
  }
}

/** One network's heads, and pointers to their input and outputs. */
interface HeadsRun {
  /** [n, units]. */
  readonly top: number;
  /** [n, O]. */
  readonly outputs: number;
  readonly matrices: EngineReadout;
  readonly panels: ReadoutPanels;
}
