import type { NetworkShape } from '../../network/shape.ts';
import type { WindowBatch } from '../../network/packing.ts';

/** First elements of the parts of a packed batch. N = B * T places; place n is t * B + b. */
export interface BatchSections {
  /** [N, F]. */
  readonly features: number;
  /** Dropout factors [N, width], in the order in which they were given. */
  readonly factors: readonly number[];
  /** [N] each. */
  readonly mask: number;
  readonly actions: number;
  readonly timeBins: number;
  /** [N, C] targets and their weights; both are 0 where the target is unknown. */
  readonly values: number;
  readonly known: number;
  readonly length: number;
}

export interface PackedBatch {
  /** All parts in one array, for a single upload; valid until the next batch is packed. */
  readonly data: Float32Array;
  readonly sections: BatchSections;
  /** B and T. */
  readonly windows: number;
  readonly steps: number;
  /** Sum of the mask. */
  readonly targets: number;
}

/** Packs batches in the order of the GPU programs: step by step, each of all windows. */
export class BatchPacker {
  readonly #shape: NetworkShape;
  #data = new Float32Array(0);

  constructor(shape: NetworkShape) {
    this.#shape = shape;
  }

  /** @param dropout factors as `DropoutFactors` draws them */
  pack(batch: WindowBatch, dropout: readonly Float32Array[]): PackedBatch {
    const { batchSize: windows, windowLength: steps, mask } = batch;
    const sections = this.#sections(windows * steps, dropout);
    if (this.#data.length !== sections.length) this.#data = new Float32Array(sections.length);
    const data = this.#data;
    const put = (from: ArrayLike<number>, to: number): void => {
      const width = from.length / (windows * steps);
      for (let b = 0; b < windows; b++)
        for (let t = 0; t < steps; t++) {
          const source = (b * steps + t) * width;
          const goal = to + (t * windows + b) * width;
          for (let j = 0; j < width; j++) data[goal + j] = from[source + j];
        }
    };
    put(batch.features, sections.features);
    dropout.forEach((factors, index) => put(factors, sections.factors[index]));
    put(mask, sections.mask);
    put(batch.actions, sections.actions);
    put(batch.timeBins, sections.timeBins);
    if (this.#shape.values) put(batch.values, sections.values);
    this.#clearUnknown(sections);
    let targets = 0;
    for (const weight of mask) targets += weight;
    return { data, sections, windows, steps, targets };
  }

  /** NaN must not reach the GPU, as WGSL compilers may assume that there is none. */
  #clearUnknown({ values, known, mask }: BatchSections): void {
    const width = this.#shape.values;
    for (let i = values; i < known; i++) {
      const isKnown = !Number.isNaN(this.#data[i]);
      this.#data[known + i - values] = isKnown
        ? this.#data[mask + Math.floor((i - values) / width)]
        : 0;
      if (!isKnown) this.#data[i] = 0;
    }
  }

  #sections(places: number, dropout: readonly Float32Array[]): BatchSections {
    let length = 0;
    const section = (size: number): number => (length += size) - size;
    const features = section(places * this.#shape.features);
    const factors = dropout.map((one) => section(one.length));
    const [mask, actions, timeBins] = [section(places), section(places), section(places)];
    const values = section(places * this.#shape.values);
    const known = section(places * this.#shape.values);
    return { features, factors, mask, actions, timeBins, values, known, length };
  }
}
