import type { NetworkGraph } from '../../network/graph.ts';
import { batchWidths, gather } from '../../network/packing.ts';
import type { WindowBatch } from '../../network/packing.ts';

/** What a batch consists of, besides what the network fixes. */
export interface BatchKind {
  readonly soft: boolean;
  readonly dropout: boolean;
}

/**
 * The matrices of a packed batch, one after the other: each begins at N times its `column`, with a row for
 * each of the N = B * T places; place n is t * B + b. They are `features`, `mask`, targets by their names in a
 * batch, `known` [N, C], which is 0 where a value is unknown and else 1, the experts' log-probabilities by
 * their names in a batch, `softActions`, and dropout factors `factors0`, ...
 */
export class BatchColumns {
  readonly parts = new Map<string, { readonly width: number; readonly column: number }>();
  /** Elements of a place. */
  width = 0;
  #data = new Float32Array(0);

  constructor(graph: NetworkGraph, { soft, dropout }: BatchKind) {
    for (const [name, width] of batchWidths(graph)) {
      if (name === 'softActions' && !soft) continue;
      this.#add(name, width);
      if (name === 'values') this.#add('known', width);
    }
    if (dropout) graph.dropped.forEach((width, index) => this.#add(`factors${index}`, width));
  }

  #add(name: string, width: number): void {
    this.parts.set(name, { width, column: this.width });
    this.width += width;
  }

  /**
   * Packs a batch for a single upload.
   *
   * @param dropout factors as `DropoutFactors` draws them
   * @returns valid until the next batch is packed
   */
  pack(
    { batchSize: windows, windowLength: steps, ...matrices }: WindowBatch,
    dropout: readonly Float32Array[],
  ): Float32Array {
    const places = windows * steps;
    const length = places * this.width;
    if (this.#data.length !== length) this.#data = new Float32Array(length);
    const sources: Partial<Record<string, Float32Array | Int32Array>> = {
      ...matrices,
      // NaN must not reach the GPU, as WGSL compilers may assume that there is none.
      values: matrices.values.map((value) => (Number.isNaN(value) ? 0 : value)),
      known: matrices.values.map((value) => (Number.isNaN(value) ? 0 : 1)),
      ...Object.fromEntries(dropout.map((factors, index) => [`factors${index}`, factors])),
    };
    const order = Array.from(
      { length: places },
      (_, n) => (n % windows) * steps + Math.floor(n / windows),
    );
    for (const [name, part] of this.parts) {
      const source = sources[name];
      if (!source) throw new RangeError(`a batch for this network has "${name}"`);
      const start = part.column * places;
      gather(source, this.#data, { rows: places, places: order }, { width: part.width, start });
    }
    return this.#data;
  }
}
