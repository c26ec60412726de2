import type { Episode } from '../record/episode.ts';
import { clamp } from '../util/math.ts';
import type { FieldStatistics } from './statistics.ts';

export type NumberStatistics = Extract<FieldStatistics, { kind: 'number' }>;

/**
 * The target of a network for a next value, NaN where it is not known: normalised like the field
 * itself or, with a `changeScale`, the change from `last`. Outliers are clipped first.
 *
 * @param last the last known value or, for a network of residuals, the value that its linear path expects;
 * NaN where there is none
 */
export function valueTarget(field: NumberStatistics, last: number, next: number): number {
  if (!Number.isFinite(next)) return NaN;
  const level = clamp(next, field.low, field.high);
  return field.changeScale === undefined
    ? (level - field.mean) / field.scale
    : (level - startOf(field, last)) / field.changeScale;
}

/** Converts a network's output to the field's unit: the inverse of `valueTarget`. */
export function valueOf(field: NumberStatistics, last: number, output: number): number {
  return field.changeScale === undefined
    ? output * field.scale + field.mean
    : startOf(field, last) + output * field.changeScale;
}

/**
 * Standard deviation of a field's clipped changes from step to step, in its unit; 1 where it never
 * changes.
 *
 * @param startsOf where the changes of an episode start, by step; unless given, at the last known value
 */
export function changeScale(
  field: NumberStatistics,
  episodes: readonly Episode[],
  column: number,
  startsOf?: (episode: Episode) => (step: number) => number,
): number {
  let [sum, squares, count] = [0, 0, 0];
  for (const episode of episodes) {
    const { columns, length } = episode;
    const startAt = startsOf?.(episode);
    let last = NaN;
    for (let i = 0; i < length; i++) {
      const value = columns[column][i];
      if (!Number.isFinite(value)) continue;
      if (Number.isFinite(last)) {
        const start = startAt ? startAt(i - 1) : last;
        const change = clamp(value, field.low, field.high) - startOf(field, start);
        sum += change;
        squares += change * change;
        count++;
      }
      last = value;
    }
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return deviation > 1e-9 * field.scale ? deviation : 1;
}

/** The start of a change: the last known value, clipped; the fill when there is none. */
const startOf = ({ low, high, fill }: NumberStatistics, last: number): number =>
  clamp(Number.isFinite(last) ? last : fill, low, high);
