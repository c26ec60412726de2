/** The fields of a `Batch` that the kernels read, with its conventions. */
export interface WindowBatch {
  readonly batchSize: number;
  readonly windowLength: number;
  readonly features: Float32Array;
  readonly actions: Int32Array;
  readonly timeBins: Int32Array;
  readonly values: Float32Array;
  readonly mask: Float32Array;
  /** [B, T, K, A]; where the network has experts. */
  readonly experts?: Float32Array;
  /** [B, T, K, timeBins]; where such a network has a time head. */
  readonly timeExperts?: Float32Array;
  /** [B, T, A]. */
  readonly softActions?: Float32Array;
}

/** The sum of a batch's mask. */
export function countTargets({ mask }: Pick<WindowBatch, 'mask'>): number {
  let targets = 0;
  for (let place = 0; place < mask.length; place++) targets += mask[place];
  return targets;
}

/** Index of the first row with a target; N without any. Where only last steps are targets, it is near N. */
export function firstTarget({ places, rows }: Packing, mask: WindowBatch['mask']): number {
  let row = 0;
  while (row < rows && mask[places[row]] === 0) row++;
  return row;
}

/**
 * The places of a batch to compute, as N rows sorted by time step. Nothing after a window's last
 * target is computed (as with torch's PackedSequence). Within a time step the longest windows come
 * first, so that those still running at a step are the first ones of the step before.
 */
export interface Packing {
  /** N. */
  readonly rows: number;
  /** Time steps of the longest window. */
  readonly steps: number;
  /** [steps] first row of each time step, and how many windows are still running then. */
  readonly first: Int32Array;
  readonly active: Int32Array;
  /** [N] the place b * T + t in the batch of each row. */
  readonly places: Int32Array;
}

/** Packs batches. Reuses its memory: a packing is valid until the next one. */
export class Packer {
  #first = new Int32Array(0);
  #active = new Int32Array(0);
  #places = new Int32Array(0);

  pack({ batchSize, windowLength, mask }: WindowBatch): Packing {
    this.#reserve(batchSize, windowLength);
    const lengths = Array.from({ length: batchSize }, (_, b) => {
      let length = windowLength;
      while (length && mask[b * windowLength + length - 1] === 0) length--;
      return length;
    });
    const order = lengths.map((_, b) => b).sort((x, y) => lengths[y] - lengths[x] || x - y);
    const steps = batchSize ? lengths[order[0]] : 0;
    let rows = 0;
    for (let t = 0; t < steps; t++) {
      this.#first[t] = rows;
      for (const b of order) {
        if (lengths[b] <= t) break;
        this.#places[rows++] = b * windowLength + t;
      }
      this.#active[t] = rows - this.#first[t];
    }
    return { rows, steps, first: this.#first, active: this.#active, places: this.#places };
  }

  #reserve(batchSize: number, windowLength: number): void {
    if (this.#first.length < windowLength) {
      this.#first = new Int32Array(windowLength);
      this.#active = new Int32Array(windowLength);
    }
    if (this.#places.length < batchSize * windowLength)
      this.#places = new Int32Array(batchSize * windowLength);
  }
}
