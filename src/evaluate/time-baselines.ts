/** Half an observation added to each bin (Krichevsky and Trofimov), so that nothing is impossible. */
const PRIOR = 0.5;

/** Frequencies of the times to the next action: what a prediction of time has to beat. */
export interface TimeBaselines {
  /** [bins] shares of all times, whatever the action before; sum 1. */
  readonly unconditional: Float64Array;
  /**
   * [actions][bins] shares of the times after each action; sum 1. Smoothed towards `unconditional` with
   * the weight of half an observation for each bin, so that an action never seen has the same shares.
   */
  readonly perAction: readonly Float64Array[];
}

/** @param counts [actions][bins], from `countTimes` */
export function timeBaselines(counts: readonly (readonly number[])[]): TimeBaselines {
  const bins = counts[0]?.length ?? 0;
  const overall = new Float64Array(bins).fill(PRIOR);
  for (const row of counts) row.forEach((count, bin) => (overall[bin] += count));
  const unconditional = normalized(overall);
  const weight = PRIOR * bins;
  const perAction = counts.map((row) =>
    normalized(Float64Array.from(row, (count, bin) => count + weight * unconditional[bin])),
  );
  return { unconditional, perAction };
}

function normalized(counts: Float64Array): Float64Array {
  const sum = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => count / sum);
}
