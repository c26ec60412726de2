import type { Rng } from './rng.ts';

/** A chosen item and its new weight. */
export interface Kept {
  readonly index: number;
  readonly weight: number;
}

/**
 * Chooses at most `count` of many weighted items so that their new weights represent all of them
 * without bias. Items heavier than a threshold keep their weight; of the rest a systematic sample is
 * kept, each with the threshold as its weight. No item is chosen twice. No unbiased choice changes the
 * weights less (Fearnhead and Clifford, "On-line inference for hidden Markov models via particle
 * filters", JRSS B 2003, section 3.2).
 *
 * @param weights none below 0; items of weight 0 are never chosen
 * @returns heaviest first; all items with a weight where there are at most `count`
 */
export function resample(weights: Float64Array, count: number, rng: Rng): Kept[] {
  const order: number[] = [];
  let rest = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] > 0)) continue;
    order.push(i);
    rest += weights[i];
  }
  order.sort((a, b) => weights[b] - weights[a]);
  const keep = (index: number): Kept => ({ index, weight: weights[index] });
  if (order.length <= count) return order.map(keep);
  let sure = 0;
  while (sure < count - 1 && weights[order[sure]] * (count - sure) > rest)
    rest -= weights[order[sure++]];
  const kept = order.slice(0, sure).map(keep);
  const threshold = rest / (count - sure);
  let next = rng.next() * threshold;
  let passed = 0;
  for (let i = sure; i < order.length && kept.length < count; i++) {
    passed += weights[order[i]];
    // The last one takes what rounding left.
    if (passed <= next && i + count - kept.length < order.length) continue;
    kept.push({ index: order[i], weight: threshold });
    next += threshold;
  }
  return kept;
}
