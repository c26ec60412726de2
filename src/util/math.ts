/** A flat numeric array of either precision; kernels are written once for both. */
export type FloatArray = Float32Array | Float64Array;

/** `length` zeros in an array of the same precision as `like`. */
export function zerosLike<A extends FloatArray>(like: A, length: number): A {
  return (like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)) as A;
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + e^x), without overflow: maps any number to a weight above 0. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

export const clamp = (x: number, low: number, high: number): number =>
  x < low ? low : x > high ? high : x;

/** Whether all values are finite. Adds them up: a call for each value would be felt at every prediction. */
export function allFinite(values: Float32Array): boolean {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return Number.isFinite(total);
}

/** Index of the largest value; the first one where several are equal; -1 for an empty array. */
export function argmax(values: ArrayLike<number>): number {
  let best = values.length ? 0 : -1;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** The index at the cumulative `share`, in [0, 1), of a distribution that sums to 1: a random draw when `share` is uniform. */
export function indexAt(probabilities: ArrayLike<number>, share: number): number {
  let last = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (!(probabilities[i] > 0)) continue;
    if (share < probabilities[i]) return i;
    share -= probabilities[i];
    last = i;
  }
  // Rounding may leave a little of `share`.
  return last;
}

/** Softmax of `logits[offset .. offset+length)` into `out` at the same offset. `out` may be `logits`. */
export function softmax(
  logits: FloatArray,
  out: FloatArray,
  offset = 0,
  length = logits.length,
): void {
  let max = -Infinity;
  for (let i = 0; i < length; i++) max = Math.max(max, logits[offset + i]);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += out[offset + i] = Math.exp(logits[offset + i] - max);
  for (let i = 0; i < length; i++) out[offset + i] /= sum;
}

/** Shannon entropy in nats of a distribution that sums to 1. */
export function entropy(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i];
    if (p > 0) sum -= p * Math.log(p);
  }
  return sum;
}

/** Quantile `q` in [0, 1] of ascending `sorted`, with linear interpolation; NaN when empty. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (!sorted.length) return NaN;
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}
