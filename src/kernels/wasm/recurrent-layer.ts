import type { Packing } from '../../network/packing.ts';
import type { EngineLayer } from '../../network/engine-layout.ts';
import type { BatchPointers, LayerMemory } from './batch-memory.ts';
import type { WasmMemory } from './memory.ts';
import { addWeightGradients } from './weight-gradients.ts';
import type { WasmWeights } from './weights.ts';

/** Pointers to the packed rows of a batch that a layer processes. */
export interface LayerRun {
  readonly packing: Packing;
  readonly batch: BatchPointers;
  /** [N, I] packed inputs; not to be changed before the backward pass is done. */
  readonly x: number;
}

/** Where the gradients of a layer go. */
export interface LayerGradients {
  /** [N, H] gradient of the hidden states; overwritten. */
  readonly dHidden: number;
  /** [N, I] receives the gradient of `x`; 0 to skip it. */
  readonly dX: number;
  /** An array laid out like the weights, to which their gradient is added. */
  readonly gradient: number;
}

/** One LSTM or GRU layer over whole windows, each from zero state. */
export class RecurrentLayer {
  readonly #memory: WasmMemory;
  readonly #weights: WasmWeights;
  readonly #index: number;
  readonly #matrices: EngineLayer;
  readonly #lstm: boolean;
  readonly #units: number;
  readonly #gates: number;

  constructor(
    memory: WasmMemory,
    weights: WasmWeights,
    { index, cell }: { index: number; cell: 'lstm' | 'gru' },
  ) {
    this.#memory = memory;
    this.#weights = weights;
    this.#index = index;
    this.#matrices = weights.layout.layers[index];
    this.#lstm = cell === 'lstm';
    this.#units = weights.layout.units;
    this.#gates = this.#matrices.inputBias.columns;
  }

  /** Writes the layer's memory of `batch`, whose `hidden` is the result. */
  forward({ packing, batch, x }: LayerRun): void {
    const { kernels } = this.#memory;
    const { inputs, input, recurrent, bias } = this.#weights.layers[this.#index];
    const [units, gates, lstm] = [this.#units, this.#gates, this.#lstm];
    const layer = batch.layers[this.#index];
    const recurrentBias = this.#weights.at(this.#matrices.recurrentBias);
    const [xRow, row, gateRow] = [4 * inputs, 4 * units, 4 * gates];
    // The recurrent product is added here: an LSTM has one sum for input and hidden state, a GRU two.
    const sums = lstm ? layer.gates : layer.recurrent;
    for (let step = 0; step < packing.steps; step++) {
      const [first, rows] = [packing.first[step], packing.active[step]];
      const before = step ? packing.first[step - 1] : 0;
      const gate = layer.gates + first * gateRow;
      const sum = sums + first * gateRow;
      const hidden = layer.hidden + first * row;
      const hiddenBefore = step ? layer.hidden + before * row : 0;
      kernels.product(
        gate,
        gateRow,
        bias,
        0,
        x + first * xRow,
        xRow,
        4,
        input,
        rows,
        inputs,
        gates,
      );
      const [start, startRow] = lstm ? [sum, gateRow] : [recurrentBias, 0];
      // At the first step an LSTM's sums are complete already; a GRU's are the bias.
      const inner = step ? units : 0;
      if (step || !lstm)
        kernels.product(
          sum,
          gateRow,
          start,
          startRow,
          hiddenBefore,
          row,
          4,
          recurrent,
          rows,
          inner,
          gates,
        );
      if (lstm)
        kernels.lstmForward(
          gate,
          step ? layer.cell + before * row : 0,
          layer.cell + first * row,
          layer.squashed + first * row,
          hidden,
          rows,
          units,
        );
      else kernels.gruForward(gate, sum, hiddenBefore, hidden, rows, units);
    }
  }

  /** The backward pass, once for each `forward`: overwrites the gates' activations with their gradients. */
  backward({ packing, batch, x }: LayerRun, { dHidden, dX, gradient }: LayerGradients): void {
    const { kernels } = this.#memory;
    const { inputs, transposedInput, transposedRecurrent } = this.#weights.layers[this.#index];
    const [units, gates] = [this.#units, this.#gates];
    const layer = batch.layers[this.#index];
    const [row, gateRow] = [4 * units, 4 * gates];
    const sums = this.#lstm ? layer.gates : layer.recurrent;
    if (packing.steps) this.#memory.clear(batch.carry, packing.active[0] * units);
    for (let step = packing.steps - 1; step >= 0; step--) {
      this.#gatesBackward(layer, { packing, step, dHidden, carry: batch.carry });
      if (!step) continue;
      const below = dHidden + packing.first[step - 1] * row;
      const sum = sums + packing.first[step] * gateRow;
      const rows = packing.active[step];
      kernels.product(
        below,
        row,
        below,
        row,
        sum,
        gateRow,
        4,
        transposedRecurrent,
        rows,
        gates,
        units,
      );
    }
    addWeightGradients(this.#memory, {
      packing,
      panels: batch.panels,
      gates: layer.gates,
      recurrent: layer.recurrent,
      x,
      hidden: layer.hidden,
      inputs,
      units,
      columns: gates,
      dInputWeights: this.#weights.at(this.#matrices.inputWeights, gradient),
      dRecurrentWeights: this.#weights.at(this.#matrices.recurrentWeights, gradient),
      dInputBias: this.#weights.at(this.#matrices.inputBias, gradient),
      dRecurrentBias: this.#weights.at(this.#matrices.recurrentBias, gradient),
    });
    if (!dX) return;
    const xRow = 4 * inputs;
    kernels.product(
      dX,
      xRow,
      batch.zeros,
      0,
      layer.gates,
      gateRow,
      4,
      transposedInput,
      packing.rows,
      gates,
      inputs,
    );
  }

  #gatesBackward(layer: LayerMemory, { packing, step, dHidden, carry }: BackwardStep): void {
    const { kernels } = this.#memory;
    const [units, gateRow, row] = [this.#units, 4 * this.#gates, 4 * this.#units];
    const [first, rows] = [packing.first[step], packing.active[step]];
    const before = step ? packing.first[step - 1] * row : 0;
    const gate = layer.gates + first * gateRow;
    const dHere = dHidden + first * row;
    if (this.#lstm)
      kernels.lstmBackward(
        gate,
        step ? layer.cell + before : 0,
        layer.squashed + first * row,
        dHere,
        carry,
        rows,
        units,
      );
    else
      kernels.gruBackward(
        gate,
        layer.recurrent + first * gateRow,
        step ? layer.hidden + before : 0,
        dHere,
        step ? dHidden + before : 0,
        rows,
        units,
      );
  }
}

interface BackwardStep {
  readonly packing: Packing;
  readonly step: number;
  /** [N, H]. */
  readonly dHidden: number;
  /** [B, H]. */
  readonly carry: number;
}
