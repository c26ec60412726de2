import type { NetworkShape } from '../../network/shape.ts';
import type { Packing } from '../../network/packing.ts';
import type { EngineFeedForward } from '../../network/engine-layout.ts';
import type { BatchPointers, FeedForwardMemory } from './batch-memory.ts';
import { Heads } from './heads.ts';
import type { HeadRun } from './heads.ts';
import type { WasmMemory } from './memory.ts';
import { addLinearGradients } from './weight-gradients.ts';
import type { FeedForwardPanels, WasmWeights } from './weights.ts';

export interface FeedForwardOptions {
  readonly shape: NetworkShape;
  readonly matrices: EngineFeedForward;
  readonly panels: FeedForwardPanels;
}

/** One pass through the feed-forward network, over the rows from the first target on. */
export interface FeedForwardRun {
  readonly batch: BatchPointers;
  readonly packing: Packing;
  /** First row with a target. */
  readonly from: number;
  readonly drop: boolean;
}

/** One layer of rectified linear units on the first layer's input, with its own heads. */
export class FeedForward {
  readonly heads: Heads;
  readonly #memory: WasmMemory;
  readonly #weights: WasmWeights;
  readonly #matrices: EngineFeedForward;
  readonly #panels: FeedForwardPanels;
  /** Q without padding. */
  readonly #units: number;

  constructor(
    memory: WasmMemory,
    weights: WasmWeights,
    { shape, matrices, panels }: FeedForwardOptions,
  ) {
    this.#memory = memory;
    this.#weights = weights;
    this.#matrices = matrices;
    this.#panels = panels;
    this.#units = shape.feedForward ?? 0;
    this.heads = new Heads(memory, weights, { shape, readout: matrices, panels });
  }

  forward(run: FeedForwardRun): HeadRun {
    const { batch, packing, from, drop } = run;
    const { kernels } = this.#memory;
    const { inputs } = this.#weights.layout;
    const { units, bias } = this.#matrices;
    const [row, inputRow] = [4 * units, 4 * inputs];
    const { hidden, dropped, outputs } = memoryOf(batch);
    const rows = packing.rows - from;
    const first = hidden + from * row;
    const start = this.#weights.at(bias);
    const x = batch.x + from * inputRow;
    // prettier-ignore
    kernels.product(first, row, start, 0, x, inputRow, 4, this.#panels.hidden, rows, inputs, units);
    kernels.rectify(first, rows * units);
    if (drop) this.#drop(run, dropped, hidden);
    const headRun = { batch, packing, from, top: drop ? dropped : hidden, outputs };
    this.heads.forward(headRun);
    return headRun;
  }

  /**
   * Adds the gradients of the weights to `to.gradient`, an array laid out like the weights, and that of
   * the input to `to.dX` [N, I] unless that is 0.
   */
  backward(run: FeedForwardRun, headRun: HeadRun, to: { dX: number; gradient: number }): void {
    const { batch, packing, from, drop } = run;
    const { dX, gradient } = to;
    const { kernels } = this.#memory;
    const { inputs } = this.#weights.layout;
    const { units, weights, bias } = this.#matrices;
    const [row, inputRow] = [4 * units, 4 * inputs];
    const { hidden, dHidden } = memoryOf(batch);
    const rows = packing.rows - from;
    this.heads.backward(headRun, dHidden, gradient);
    if (drop) this.#drop(run, dHidden, dHidden);
    const first = dHidden + from * row;
    kernels.rectifyBackward(first, hidden + from * row, rows * units);
    addLinearGradients(this.#memory, {
      from,
      rows: packing.rows,
      panels: batch.panels,
      dOut: dHidden,
      x: batch.x,
      inputs,
      columns: units,
      dWeights: this.#weights.at(weights, gradient),
      dBias: this.#weights.at(bias, gradient),
    });
    if (!dX) return;
    const sum = dX + from * inputRow;
    const { transposedHidden } = this.#panels;
    // prettier-ignore
    kernels.product(sum, inputRow, sum, inputRow, first, row, 4, transposedHidden, rows, units, inputs);
  }

  /** Writes to `out` what dropout leaves of `x`, both [N, Q]. */
  #drop({ batch, packing, from }: FeedForwardRun, out: number, x: number): void {
    const row = 4 * this.#matrices.units;
    const { factors } = memoryOf(batch);
    const rows = packing.rows - from;
    // prettier-ignore
    this.#memory.kernels.dropOut(out + from * row, x + from * row, row, factors, this.#units, batch.places + 4 * from, rows);
  }
}

function memoryOf({ feedForward }: BatchPointers): FeedForwardMemory {
  if (!feedForward) throw new RangeError('no memory for a feed-forward network');
  return feedForward;
}
