import type { NetworkGraph } from '../../network/graph.ts';
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

  constructor({ input, branches, dropped }: NetworkGraph, { soft, dropout }: BatchKind) {
    this.#add('features', input.inputs);
    this.#add('mask', 1);
    for (const { heads } of branches) {
      for (const { loss, size } of heads.heads) {
        if (!loss) continue;
        this.#add(loss.targets, loss.kind === 'crossEntropy' ? 1 : size);
        if (loss.kind === 'squaredError') this.#add('known', size);
        else if (loss.soft && soft) this.#add('softActions', size);
      }
      for (const { logs, gate, logits } of heads.votes) this.#add(logs, gate.size * logits.size);
    }
    if (dropout) dropped.forEach((width, index) => this.#add(`factors${index}`, width));
  }

  /** The first column of a matrix. Throws RangeError without one of that name, a programming error. */
  column(name: string): number {
    const part = this.parts.get(name);
    if (!part) throw new RangeError(`no "${name}" in the batch`);
    return part.column;
  }

  /** Several heads may share a matrix. */
  #add(name: string, width: number): void {
    if (this.parts.has(name)) return;
    this.parts.set(name, { width, column: this.width });
    this.width += width;
  }
}

/** Packs batches for a single upload. */
export class BatchPacker {
  #data = new Float32Array(0);

  /**
   * @param dropout factors as `DropoutFactors` draws them
   * @returns valid until the next batch is packed
   */
  pack(
    { batchSize: windows, windowLength: steps, ...matrices }: WindowBatch,
    { parts, width }: BatchColumns,
    dropout: readonly Float32Array[],
  ): Float32Array {
    const places = windows * steps;
    if (this.#data.length !== places * width) this.#data = new Float32Array(places * width);
    const sources: Partial<Record<string, Float32Array | Int32Array>> = {
      ...matrices,
      // NaN must not reach the GPU, as WGSL compilers may assume that there is none.
      values: matrices.values.map((value) => (Number.isNaN(value) ? 0 : value)),
      known: matrices.values.map((value) => (Number.isNaN(value) ? 0 : 1)),
      ...Object.fromEntries(dropout.map((factors, index) => [`factors${index}`, factors])),
    };
    for (const [name, part] of parts) {
      const source = sources[name];
      if (!source) throw new RangeError(`a batch for this network has "${name}"`);
      const first = part.column * places;
      for (let place = 0; place < places; place++) {
        const n = (place % steps) * windows + Math.floor(place / steps);
        const row = source.subarray(place * part.width, (place + 1) * part.width);
        this.#data.set(row, first + n * part.width);
      }
    }
    return this.#data;
  }
}
