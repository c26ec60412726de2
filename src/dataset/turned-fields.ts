import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';

/** A number field that means something else when the character turns round. */
export interface TurnedField {
  /** Index of the number field, which is on both sides of 0. */
  readonly field: number;
  /** Index of the field by which it is multiplied: -1 or 1, the way the character faces. */
  readonly by: number;
}

/**
 * Which number fields can be read relative to where the character faces: those with values on both
 * sides of 0, where a number field is -1 or 1 and never anything else (the first such field, which takes
 * both values). `x * facing` is how far along he is the way he looks: to one who faces the edge of the stage
 * the left one is what the right one is to another. Empty where no field is such a direction.
 */
export function turnedFields(
  { observation }: CharacterSpec,
  episodes: readonly Episode[],
): TurnedField[] {
  const values = observation.fields.map(({ kind }, index) =>
    kind === 'number' ? signsOf(episodes, index) : null,
  );
  const by = values.findIndex((seen) => seen?.isDirection && seen.negative && seen.positive);
  if (by < 0) return [];
  return values.flatMap((seen, field) =>
    field !== by && seen?.negative && seen.positive ? [{ field, by }] : [],
  );
}

/** [length] a turned field at every step of an episode; NaN where it or the direction is not known. */
export const turnedColumn = (
  { columns, length }: Episode,
  { field, by }: TurnedField,
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
