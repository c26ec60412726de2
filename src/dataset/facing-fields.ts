import { spansOf } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';

/** A number field whose sign depends on the way the character faces. */
export interface FacingField {
  /** Column of the number field, which is on both sides of 0. */
  readonly field: number;
  /** Column of the field by which it is multiplied: -1 or 1, the way the character faces. */
  readonly by: number;
}

/**
 * Fields mirrored by facing: number fields with values on both sides of 0, each paired with the
 * field that gives the direction. That is the first number field that takes both -1 and 1 and nothing
 * else. `x * facing` is the position along the direction in which the character faces, so the edge of
 * the stage in front of it has the same sign on either side. Empty where no field is such a direction.
 */
export function facingFields(
  { observation }: CharacterSpec,
  episodes: readonly Episode[],
): FacingField[] {
  // The numbers of a vector have no sides of their own, and there are many of them.
  const values = spansOf({ observation }).flatMap(({ field, first, columns }) =>
    columns.map(() => (field.kind === 'number' ? signsOf(episodes, first) : null)),
  );
  const by = values.findIndex((seen) => seen?.isDirection && seen.negative && seen.positive);
  if (by < 0) return [];
  return values.flatMap((seen, field) =>
    field !== by && seen?.negative && seen.positive ? [{ field, by }] : [],
  );
}

/** [length] field times direction at every step of an episode; NaN where either is not known. */
export const facingColumn = (
  { columns, length }: Episode,
  { field, by }: FacingField,
): Float32Array => columns[field].subarray(0, length).map((value, i) => value * columns[by][i]);

/** What the finite values of a column are like. */
interface Signs {
  readonly negative: boolean;
  readonly positive: boolean;
  /** All of them are -1 or 1. */
  readonly isDirection: boolean;
}

function signsOf(episodes: readonly Episode[], field: number): Signs {
  let [negative, positive, isDirection] = [false, false, true];
  for (const { columns, length } of episodes)
    for (let i = 0; i < length; i++) {
      const value = columns[field][i];
      if (!Number.isFinite(value)) continue;
      negative ||= value < 0;
      positive ||= value > 0;
      isDirection &&= Math.abs(value) === 1;
    }
  return { negative, positive, isDirection };
}
