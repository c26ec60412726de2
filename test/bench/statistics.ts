/** The value that `share` of all values stay below, between its two neighbours; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  if (!values.length) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** To `digits` significant digits: a JSON with 17 of them cannot be read. */
export const significant = (value: number, digits = 4): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;

/**
 * How many times as long the other takes as ours: above 1, ours is faster. Null when one of the two
 * was not measured.
 */
export function ratio(others: number | null, ours: number | null): number | null {
  return others && ours ? significant(others / ours, 3) : null;
}
