import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../model/network-shape.ts';
import { inputWidth } from '../../model/network-shape.ts';
import type { NetworkLosses } from '../common/network-losses.ts';
import { Packer } from '../common/packing.ts';
import type { Packing, WindowBatch } from '../common/packing.ts';
import { BatchMemory } from './batch-memory.ts';
import type { BatchPointers } from './batch-memory.ts';
import { firstTarget, Heads } from './heads.ts';
import type { HeadRun } from './heads.ts';
import { Input } from './input.ts';
import type { WasmMemory } from './memory.ts';
import { RecurrentLayer } from './recurrent-layer.ts';
import type { WasmWeights } from './weights.ts';

export interface RunOptions {
  readonly lossWeights: TrainingConfig['lossWeights'];
  /** Factors as `DropoutFactors` draws them; none without dropout. */
  readonly dropout?: readonly Float32Array[];
  /** Pointer to an array laid out like the weights, overwritten with the gradient of `loss`; else 0. */
  readonly gradient?: number;
}

export interface BatchNetworkOptions {
  readonly shape: NetworkShape;
  readonly weights: WasmWeights;
  /** First byte behind everything else. */
  readonly start: number;
  /** Whether dropout will be used. */
  readonly dropout: boolean;
}

/**
 * The network over whole batches, forward and backward through time, every window from zero state:
 * what kernels/reference/batch-network.ts does, in wasm memory.
 */
export class BatchNetwork {
  readonly #memory: WasmMemory;
  readonly #shape: NetworkShape;
  readonly #weights: WasmWeights;
  readonly #batches: BatchMemory;
  readonly #input: Input;
  readonly #layers: readonly RecurrentLayer[];
  readonly #heads: Heads;
  readonly #packer = new Packer();

  constructor(memory: WasmMemory, { shape, weights, start, dropout }: BatchNetworkOptions) {
    this.#memory = memory;
    this.#shape = shape;
    this.#weights = weights;
    this.#batches = new BatchMemory(memory, start, { shape, layout: weights.layout, dropout });
    this.#input = new Input(memory, weights, shape);
    this.#layers = weights.layers.map(
      (_, index) => new RecurrentLayer(memory, weights, { index, cell: shape.cell }),
    );
    this.#heads = new Heads(memory, weights, shape);
  }

  /** Losses of a batch and, if asked for, their gradient. The weights' panels must be packed. */
  run(
    windows: WindowBatch,
    { lossWeights, dropout = [], gradient = 0 }: RunOptions,
  ): NetworkLosses {
    const packing = this.#packer.pack(windows);
    const batch = this.#batches.reserve(windows.batchSize, windows.windowLength);
    this.#copyIn(batch, windows, packing, dropout);
    const drop = dropout.length > 0;
    this.#input.write(batch, packing.rows);
    if (drop) this.#drop(batch, packing, { out: batch.x, x: batch.x, at: 0 });
    let x = batch.x;
    this.#layers.forEach((layer, index) => {
      layer.forward({ packing, batch, x });
      const { hidden, dropped } = batch.layers[index];
      if (drop) this.#drop(batch, packing, { out: dropped, x: hidden, at: index + 1 });
      x = drop ? dropped : hidden;
    });
    const run = { batch, packing, top: x, from: firstTarget(packing, windows.mask) };
    this.#heads.forward(run);
    const { mask, softActions } = windows;
    const losses = this.#heads.losses({
      ...run,
      mask,
      lossWeights,
      soft: softActions !== undefined,
    });
    if (gradient) this.#backward(run, gradient, drop);
    return losses;
  }

  #copyIn(
    batch: BatchPointers,
    windows: WindowBatch,
    { places, rows }: Packing,
    dropout: readonly Float32Array[],
  ): void {
    const { floats, ints } = this.#memory;
    floats.set(windows.features, batch.features >> 2);
    floats.set(windows.values, batch.values >> 2);
    floats.set(windows.mask, batch.mask >> 2);
    if (windows.experts) floats.set(windows.experts, batch.experts >> 2);
    if (windows.timeExperts) floats.set(windows.timeExperts, batch.timeExperts >> 2);
    if (windows.softActions) floats.set(windows.softActions, batch.softActions >> 2);
    ints.set(windows.actions, batch.actions >> 2);
    ints.set(windows.timeBins, batch.timeBins >> 2);
    ints.set(places.subarray(0, rows), batch.places >> 2);
    dropout.forEach((factors, at) => floats.set(factors, this.#factors(batch, at) >> 2));
  }

  /** Pointer to the factors of the input of layer `at`, or of the heads. */
  #factors(batch: BatchPointers, at: number): number {
    return at < batch.layers.length ? batch.layers[at].factors : batch.headFactors;
  }

  /** Writes to `out` what is left of `x`, the input of layer `at` or of the heads. */
  #drop(
    batch: BatchPointers,
    { rows }: Packing,
    { out, x, at }: { out: number; x: number; at: number },
  ): void {
    const { units, inputs } = this.#weights.layout;
    const width = at ? this.#shape.units : inputWidth(this.#shape);
    const row = 4 * (at ? units : inputs);
    const factors = this.#factors(batch, at);
    this.#memory.kernels.dropOut(out, x, row, factors, width, batch.places, rows);
  }

  #backward(run: HeadRun, gradient: number, drop: boolean): void {
    const { batch, packing } = run;
    this.#memory.clear(gradient, this.#weights.count);
    let [dHidden, spare] = batch.dHidden;
    this.#heads.backward(run, dHidden, gradient);
    const undrop = (x: number, at: number): void => {
      if (drop) this.#drop(batch, packing, { out: x, x, at });
    };
    undrop(dHidden, this.#layers.length);
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const below = index ? batch.layers[index - 1] : null;
      const x = below ? (drop ? below.dropped : below.hidden) : batch.x;
      const dX = index ? spare : batch.dX;
      this.#layers[index].backward({ packing, batch, x }, { dHidden, dX, gradient });
      if (!dX) return;
      undrop(dX, index);
      [dHidden, spare] = [dX, dHidden];
    }
    this.#input.backward(batch, packing.rows, gradient);
  }
}
