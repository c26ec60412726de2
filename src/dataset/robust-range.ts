import { quantile } from '../util/math.ts';

export interface RobustRangeOptions {
  /** Reach of the fence in interquartile ranges beyond the quartiles. */
  readonly fence?: number;
  /** Largest share of the values that may be outliers at each end. */
  readonly rare?: number;
}

/** The range outside of which values are outliers. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Range outside of which ascending `sorted` (not empty, all finite) has outliers: Tukey's fence
 * [q25 - fence * IQR, q75 + fence * IQR], widened so that at most the share `rare` of the values lies
 * beyond either end: common values are not outliers, however far out.
 *
 * Where more than half of the values are equal, the quartiles show nothing about the others. The fence
 * is then computed from the others alone and extended to include the common value, so that a rare flag
 * or a damage that is mostly 0 keeps its real values.
 */
export function robustRange(
  sorted: Float64Array,
  { fence = 4, rare = 0.01 }: RobustRangeOptions = {},
): Range {
  const last = sorted.length - 1;
  const q25 = quantile(sorted, 0.25);
  const q75 = quantile(sorted, 0.75);
  if (sorted[0] === sorted[last]) return { low: sorted[0], high: sorted[0] };
  if (q25 === q75) {
    const others = robustRange(
      sorted.filter((value) => value !== q25),
      { fence, rare },
    );
    return { low: Math.min(q25, others.low), high: Math.max(q75, others.high) };
  }
  const reach = fence * (q75 - q25);
  return {
    low: Math.min(q25 - reach, sorted[Math.ceil(last * rare)]),
    high: Math.max(q75 + reach, sorted[Math.floor(last * (1 - rare))]),
  };
}
