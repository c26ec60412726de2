import type { FloatArray } from '../util/math.ts';
import type { NetworkGraph } from './graph.ts';

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

export type BatchArray = Exclude<keyof WindowBatch, 'batchSize' | 'windowLength'>;

/** The arrays of a batch that a network reads, and how many numbers each has at one place. */
export function batchWidths({ input, branches }: NetworkGraph): Map<BatchArray, number> {
  const widths = new Map<BatchArray, number>([
    ['features', input.inputs],
    ['mask', 1],
  ]);
  // All branches have the same heads.
  const { heads, votes } = branches[0].heads;
  for (const { loss, size } of heads) {
    if (!loss) continue;
    widths.set(loss.targets, loss.kind === 'squaredError' ? size : 1);
    if (loss.kind === 'crossEntropy' && loss.soft) widths.set('softActions', size);
  }
  for (const { logs, gate, logits } of votes) widths.set(logs, gate.size * logits.size);
  return widths;
}

/** The sum of a batch's mask. */
export function countTargets({ mask }: Pick<WindowBatch, 'mask'>): number {
  let targets = 0;
  for (let place = 0; place < mask.length; place++) targets += mask[place];
  return targets;
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
  /** [N, or longer] the place b * T + t in the batch of each row. */
  readonly places: Int32Array;
}

export function packingOf({ batchSize, windowLength, mask }: WindowBatch): Packing {
  const lengths = Array.from({ length: batchSize }, (_, b) => {
    let length = windowLength;
    while (length && mask[b * windowLength + length - 1] === 0) length--;
    return length;
  });
  const order = lengths.map((_, b) => b).sort((x, y) => lengths[y] - lengths[x] || x - y);
  const steps = batchSize ? lengths[order[0]] : 0;
  const [first, active] = [new Int32Array(steps), new Int32Array(steps)];
  const places = new Int32Array(batchSize * windowLength);
  let rows = 0;
  for (let t = 0; t < steps; t++) {
    first[t] = rows;
    for (const b of order) {
      if (lengths[b] <= t) break;
      places[rows++] = b * windowLength + t;
    }
    active[t] = rows - first[t];
  }
  return { rows, steps, first, active, places };
}

/** Copies an array of a batch, `from` [places, width], to rows in the order of a packing; the first begins at `start`. */
export function gather(
  from: Float32Array | Int32Array,
  to: FloatArray,
  { rows, places }: { readonly rows: number; readonly places: ArrayLike<number> },
  { width, start = 0 }: { readonly width: number; readonly start?: number },
): void {
  for (let row = 0; row < rows; row++) {
    const first = places[row] * width;
    to.set(from.subarray(first, first + width), start + row * width);
  }
}
