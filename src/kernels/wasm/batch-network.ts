import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { inputWidth } from '../../network/shape.ts';
import { joinLosses } from '../../network/losses.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import { Packer } from '../../network/packing.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import { BatchMemory } from './batch-memory.ts';
import type { BatchPointers } from './batch-memory.ts';
import { FeedForward } from './feed-forward.ts';
import type { FeedForwardRun } from './feed-forward.ts';
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
  /**
   * Losses of the predictions in place of those to learn from: of the mean of both networks, without the
   * unaided head's. Not together with a gradient.
   */
  readonly asPredicted?: boolean;
}

export interface BatchNetworkOptions {
  readonly shape: NetworkShape;
  readonly weights: WasmWeights;
  /** First byte that is free. */
  readonly start: number;
  /** Whether dropout will be used. */
  readonly dropout: boolean;
}

/**
 * The network over whole batches, forward and backward through time, every window from zero state:
 * like kernels/reference/batch-network.ts, but in wasm memory.
 */
export class BatchNetwork {
  readonly #memory: WasmMemory;
  readonly #shape: NetworkShape;
  readonly #weights: WasmWeights;
  readonly #batches: BatchMemory;
  readonly #input: Input;
  readonly #layers: readonly RecurrentLayer[];
  readonly #heads: Heads;
  readonly #feedForward: FeedForward | null;
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
    const { layout, readout, feedForward } = weights;
    this.#heads = new Heads(memory, weights, { shape, readout: layout, panels: readout });
    this.#feedForward =
      layout.feedForward && feedForward
        ? new FeedForward(memory, weights, {
            shape,
            matrices: layout.feedForward,
            panels: feedForward,
          })
        : null;
  }

  /** Losses of a batch and, with `options.gradient`, their gradient. The weights' panels must be packed. */
  run(windows: WindowBatch, options: RunOptions): NetworkLosses {
    const { dropout = [], gradient = 0 } = options;
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
    const from = firstTarget(packing, windows.mask);
    const recurrent = { batch, packing, top: x, from, outputs: batch.outputs };
    this.#heads.forward(recurrent);
    const pass = { batch, packing, from, drop };
    const feedForward = this.#feedForward?.forward(pass) ?? null;
    const losses = this.#losses(recurrent, feedForward, { windows, ...options });
    if (gradient) this.#backward({ recurrent, feedForward, pass }, gradient);
    return losses;
  }

  /** Turns the outputs into the gradients of the loss. */
  #losses(
    recurrent: HeadRun,
    feedForward: HeadRun | null,
    { windows, lossWeights, asPredicted }: RunOptions & { readonly windows: WindowBatch },
  ): NetworkLosses {
    const { mask, softActions } = windows;
    const lossOptions = { mask, soft: softActions !== undefined, lossWeights };
    if (asPredicted) {
      if (feedForward) this.#mean(recurrent, feedForward);
      return this.#heads.losses({
        ...recurrent,
        ...lossOptions,
        lossWeights: { ...lossWeights, unaided: 0 },
      });
    }
    const losses = this.#heads.losses({ ...recurrent, ...lossOptions });
    return feedForward
      ? joinLosses(losses, this.#feedForward!.heads.losses({ ...feedForward, ...lossOptions }))
      : losses;
  }

  /** Makes the outputs of `a` the mean of both. */
  #mean(a: HeadRun, b: HeadRun): void {
    const { floats } = this.#memory;
    const { outputs } = this.#weights.layout;
    const [to, from] = [a.outputs >> 2, b.outputs >> 2];
    for (let i = a.from * outputs; i < a.packing.rows * outputs; i++)
      floats[to + i] = (floats[to + i] + floats[from + i]) / 2;
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

  /** Pointer to the factors of the input of layer `at`, of its heads, or of the feed-forward network's. */
  #factors({ layers, headFactors, feedForward }: BatchPointers, at: number): number {
    if (at < layers.length) return layers[at].factors;
    return at > layers.length && feedForward ? feedForward.factors : headFactors;
  }

  /** Writes to `out` what dropout leaves of `x`, the input of layer `at` or of the heads. */
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

  #backward({ recurrent, feedForward, pass }: BackwardRun, gradient: number): void {
    const { batch, packing, drop } = pass;
    this.#memory.clear(gradient, this.#weights.count);
    let [dHidden, spare] = batch.dHidden;
    this.#heads.backward(recurrent, dHidden, gradient);
    const undrop = (x: number, at: number): void => {
      if (drop) this.#drop(batch, packing, { out: x, x, at });
    };
    undrop(dHidden, this.#layers.length);
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const below = index ? batch.layers[index - 1] : null;
      const x = below ? (drop ? below.dropped : below.hidden) : batch.x;
      const dX = index ? spare : batch.dX;
      this.#layers[index].backward({ packing, batch, x }, { dHidden, dX, gradient });
      if (!index && feedForward) this.#feedForward!.backward(pass, feedForward, { dX, gradient });
      if (!dX) return;
      undrop(dX, index);
      [dHidden, spare] = [dX, dHidden];
    }
    this.#input.backward(batch, this.#memory.kernels, { rows: packing.rows, gradient });
  }
}

interface BackwardRun {
  readonly recurrent: HeadRun;
  readonly feedForward: HeadRun | null;
  readonly pass: FeedForwardRun;
}
