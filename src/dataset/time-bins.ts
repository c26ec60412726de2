/** Bin of a duration in ticks: the first whose edge is >= `ticks`, else the last. */
export function timeBin(edges: readonly number[], ticks: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] >= ticks) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Median of a distribution over the bins of `edges`, in whole ticks >= 0, interpolated linearly inside
 * the bin where half of the probability is reached. The last bin has no upper edge; it is taken to end
 * at twice its beginning. NaN unless there is one probability for each bin and at least one edge.
 */
export function medianTicks(edges: readonly number[], probabilities: ArrayLike<number>): number {
  if (!edges.length || probabilities.length !== edges.length + 1) return NaN;
  let sum = 0;
  for (let bin = 0; bin < probabilities.length; bin++) {
    const share = probabilities[bin];
    if (sum + share >= 0.5 || bin === edges.length) {
      const begin = bin ? edges[bin - 1] : 0;
      const end = bin < edges.length ? edges[bin] : 2 * begin;
      const part = share > 0 ? Math.min(1, Math.max(0, (0.5 - sum) / share)) : 1;
      return Math.max(bin ? begin + 1 : 0, Math.ceil(begin + part * (end - begin)));
    }
    sum += share;
  }
  return NaN;
}

/**
 * A duration within a bin of `edges`, in whole ticks, at the fraction `share`, in [0, 1), of the bin.
 * The last bin has no upper edge; it is taken to end at twice its beginning.
 */
export function ticksInBin(edges: readonly number[], bin: number, share: number): number {
  const begin = bin ? edges[bin - 1] : 0;
  const end = bin < edges.length ? edges[bin] : Math.max(2 * begin, begin + 1);
  return Math.min(begin + 1 + Math.floor(share * (end - begin)), end);
}

/**
 * At most `bins - 1` edges, whole ticks, ascending, that cut ascending `sorted` durations into bins
 * about equally full. Fewer where durations repeat a lot. Empty where all durations are equal, so that there is
 * nothing to predict, and with fewer than two bins.
 */
export function fitTimeEdges(sorted: ArrayLike<number>, bins: number): number[] {
  const edges: number[] = [];
  if (!sorted.length || sorted[0] === sorted[sorted.length - 1]) return edges;
  for (let i = 1; i < bins; i++) {
    const edge = sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * i) / bins) - 1)];
    if (!edges.length || edge > edges[edges.length - 1]) edges.push(edge);
  }
  return edges;
}
