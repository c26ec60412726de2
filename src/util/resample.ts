import type { Rng } from './rng.ts';

/** One of many weighted things, and the weight it goes on with. */
export interface Kept {
  readonly index: number;
  readonly weight: number;
}

/**
 * Chooses at most `count` of many weighted things so that their new weights stand for all of them
 * without bias: what is heavier than a threshold stays with its own weight, and of the rest an evenly
 * spread draw stays, each with the threshold as its weight. Nothing is chosen twice. No such choice
 * changes the weights less (Fearnhead and Clifford, "On-line inference for hidden Markov models via
 * particle filters", JRSS B 2003, section 3.2).
 *
 * @param weights none below 0; those of 0 are never chosen
 * @returns all things of weight where there are no more than `count`; the heaviest first
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
    // What rounding leaves over goes to the last one.
    if (passed <= next && i + count - kept.length < order.length) continue;
    kept.push({ index: order[i], weight: threshold });
    next += threshold;
  }
  return kept;
}
