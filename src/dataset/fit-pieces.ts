import type { Episode } from '../record/episode.ts';
import { clamp } from '../util/math.ts';
import { sortedFinite } from '../util/sorted-finite.ts';
import { fitKnots } from './piecewise.ts';
import { robustRange } from './robust-range.ts';
import type { RobustRangeOptions } from './robust-range.ts';
import { facingColumn } from './facing-fields.ts';
import type { FacingField } from './facing-fields.ts';
import type { NumberStatistics } from './value-target.ts';

export interface PieceOptions extends RobustRangeOptions {
  /** Pieces of the number itself; derived values get half as many. */
  readonly pieces: number;
}

/**
 * Knots of a number field, of its change from step to step and, with `by`, of its product with the
 * direction in which the character faces. Outliers are clipped first (`robustRange`), as they would
 * stretch the outer pieces. Values that are all equal get no knots.
 */
export function fitPieces(
  episodes: readonly Episode[],
  { field, by }: Pick<FacingField, 'field'> & Partial<FacingField>,
  { pieces, ...cleaning }: PieceOptions,
): Pick<NumberStatistics, 'knots' | 'changeKnots' | 'turned'> {
  const fit = (columns: readonly ArrayLike<number>[], wanted: number): number[] => {
    const sorted = sortedFinite(columns);
    if (!sorted.length) return [];
    const { low, high } = robustRange(sorted, cleaning);
    return fitKnots(
      sorted.map((value) => clamp(value, low, high)),
      wanted,
    );
  };
  const half = Math.ceil(pieces / 2);
  const columns = episodes.map((episode) => episode.columns[field].subarray(0, episode.length));
  const knots = fit(columns, pieces);
  const changeKnots = fit(columns.map(changesOf), half);
  const facingKnots =
    by === undefined
      ? []
      : fit(
          episodes.map((episode) => facingColumn(episode, { field, by })),
          half,
        );
  return {
    ...(knots.length && { knots }),
    ...(changeKnots.length && { changeKnots }),
    ...(by !== undefined && facingKnots.length && { turned: { by, knots: facingKnots } }),
  };
}

/** Differences of neighbouring known values. */
function changesOf(column: Float32Array): Float32Array {
  const known = column.filter(Number.isFinite);
  return known.subarray(1).map((value, i) => value - known[i]);
}
