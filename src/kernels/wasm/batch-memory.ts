import type { NetworkShape } from '../../network/shape.ts';
import { inputWidth, timeExperts } from '../../network/shape.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import { Layout } from './memory.ts';
import type { WasmMemory } from './memory.ts';

/** Rows summed at a time into weight gradients: their panel stays in the first-level cache. */
export const BLOCK = 128;

/** Pointers to what one layer stores of a batch, rows packed. */
export interface LayerMemory {
  /** [N, G] activations, then gradients of the sums. */
  readonly gates: number;
  /** [N, H]. */
  readonly hidden: number;
  /** [N, H] cell states and their tanh, for LSTM. */
  readonly cell: number;
  readonly squashed: number;
  /** [N, G] the hidden state's share of the sums, for GRU. */
  readonly recurrent: number;
  /** [N, H] `hidden` after dropout; `hidden` itself without. */
  readonly dropped: number;
  /** [places, width] dropout factors of the layer's input. */
  readonly factors: number;
}

/** Pointers to what the feed-forward network stores of a batch, rows packed. */
export interface FeedForwardMemory {
  /** [N, Q]. */
  readonly hidden: number;
  /** [N, Q] `hidden` after dropout; `hidden` itself without. */
  readonly dropped: number;
  /** [places, Q] its dropout factors. */
  readonly factors: number;
  /** [N, O] outputs of its heads, then their gradient. */
  readonly outputs: number;
  /** [N, Q] gradient of `hidden`. */
  readonly dHidden: number;
}

export interface BatchMemoryOptions {
  readonly shape: NetworkShape;
  readonly layout: EngineLayout;
  readonly dropout: boolean;
}

/** Pointers to everything of a batch. */
export interface BatchPointers {
  /** Arrays of the `Batch`, by place. */
  readonly features: number;
  readonly actions: number;
  readonly timeBins: number;
  readonly values: number;
  readonly mask: number;
  readonly experts: number;
  readonly timeExperts: number;
  readonly softActions: number;
  /** [N] place of each row. */
  readonly places: number;
  /** [N, I] input of the first layer, after dropout. */
  readonly x: number;
  readonly layers: readonly LayerMemory[];
  /** [places, H] dropout factors of the heads' input. */
  readonly headFactors: number;
  /** [N, O] outputs of the heads, then their gradient. */
  readonly outputs: number;
  /** Null without such a network. */
  readonly feedForward: FeedForwardMemory | null;
  /** [N, H] gradients of a layer's result, two that alternate, and [N, I] of the first input. */
  readonly dHidden: readonly [number, number];
  readonly dX: number;
  /** [B, H]. */
  readonly carry: number;
  /** Panels of `BLOCK` rows. */
  readonly panels: number;
  /** 8 doubles. */
  readonly results: number;
  /** A row of zeros, as wide as the widest. */
  readonly zeros: number;
}

/**
 * Memory for batches behind a network's weights. A larger batch gets a new layout, filled with zeros.
 * No kernel writes into padding, so padding stays zero.
 */
export class BatchMemory {
  readonly #memory: WasmMemory;
  readonly #start: number;
  readonly #options: BatchMemoryOptions;
  #batchSize = 0;
  #places = 0;
  #pointers: BatchPointers | null = null;

  constructor(memory: WasmMemory, start: number, options: BatchMemoryOptions) {
    this.#memory = memory;
    this.#start = start;
    this.#options = options;
  }

  /** Pointers for a batch of this size; results of earlier batches may be lost. */
  reserve(batchSize: number, windowLength: number): BatchPointers {
    const places = batchSize * windowLength;
    if (this.#pointers && batchSize <= this.#batchSize && places <= this.#places)
      return this.#pointers;
    this.#batchSize = Math.max(this.#batchSize, batchSize);
    this.#places = Math.max(this.#places, places);
    const place = new Layout(this.#start);
    this.#pointers = layOut(place, this.#options, this.#places, this.#batchSize);
    this.#memory.reach(place.end);
    this.#memory.clear(this.#start, (place.end - this.#start) / 4);
    return this.#pointers;
  }
}

function layOut(
  place: Layout,
  { shape, layout, dropout }: BatchMemoryOptions,
  rows: number,
  batchSize: number,
): BatchPointers {
  const { units, inputs, outputs } = layout;
  const gates = layout.layers[0].inputBias.columns;
  const lstm = shape.cell === 'lstm';
  // 4 numbers more, as vectors are read past the end of a row of odd width.
  const table = (width: number): number => place.take(rows * width + 4);
  const layers = layout.layers.map((_, layer): LayerMemory => {
    const hidden = table(units);
    return {
      gates: table(gates),
      hidden,
      cell: lstm ? table(units) : 0,
      squashed: lstm ? table(units) : 0,
      recurrent: lstm ? 0 : table(gates),
      dropped: dropout ? table(units) : hidden,
      factors: dropout ? table(layer ? shape.units : inputWidth(shape)) : 0,
    };
  });
  const { feedForward } = layout;
  const hiddenUnits = feedForward?.units ?? 0;
  const feedForwardMemory = (): FeedForwardMemory => {
    const hidden = table(hiddenUnits);
    return {
      hidden,
      dropped: dropout ? table(hiddenUnits) : hidden,
      factors: dropout ? table(shape.feedForward ?? 0) : 0,
      outputs: table(outputs),
      dHidden: table(hiddenUnits),
    };
  };
  return {
    features: table(shape.features),
    actions: table(1),
    timeBins: table(1),
    values: table(shape.values),
    mask: table(1),
    experts: table((shape.experts ?? 0) * shape.actions),
    timeExperts: table(timeExperts(shape) * shape.timeBins),
    softActions: table(shape.actions),
    places: table(1),
    x: table(inputs),
    layers,
    headFactors: dropout ? table(shape.units) : 0,
    outputs: table(outputs),
    feedForward: feedForward && feedForwardMemory(),
    dHidden: [table(units), layout.layers.length > 1 ? table(units) : 0],
    dX: shape.embeddings.length ? table(inputs) : 0,
    carry: place.take(batchSize * units),
    panels: place.take(BLOCK * Math.max(gates, outputs, hiddenUnits)),
    results: place.take(16),
    zeros: place.take(Math.max(gates, inputs, outputs, hiddenUnits)),
  };
}
