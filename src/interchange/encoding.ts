import { pieceCount } from '../dataset/piecewise.ts';
import type { EncoderStatistics, FieldStatistics } from '../dataset/statistics.ts';
import type { CharacterSpec } from '../record/spec.ts';

/**
 * (x - subtract) / divide of x clipped to [low, high]: the known value; its change, if this step has a valid
 * value; or its product with the known value of `by`. A change or product that is not known is 0.
 */
export interface LinearColumn {
  readonly from: 'value' | 'change' | 'product';
  readonly field: number;
  readonly by?: number;
  readonly missing: number;
  readonly low: number;
  readonly high: number;
  readonly subtract: number;
  readonly divide: number;
}

/**
 * How one column of the features is computed, for encoders in other languages. `field` is the index of one
 * of a step's values (`NetworkFacts.columns`). Its known value is the newest one that was valid in this episode; while there is none it
 * is `missing`.
 */
export type EncodedColumn =
  /** 1 when the step's action has this index, else 0. */
  | { readonly from: 'action'; readonly index: number }
  /** (ln(1 + ticks since the previous step) - subtract) / divide; 0 at the first step of an episode. */
  | { readonly from: 'duration'; readonly subtract: number; readonly divide: number }
  | LinearColumn
  /** 1 when the known value is not 0, else 0. */
  | { readonly from: 'flag'; readonly field: number; readonly missing: number }
  /** 1 when the known value equals `value`, else 0. A `missing` of null equals nothing. */
  | {
      readonly from: 'equal';
      readonly field: number;
      readonly missing: number | null;
      readonly value: number;
    }
  /** 1 when the known value is none of `values` or there is no known value, else 0. */
  | { readonly from: 'other'; readonly field: number; readonly values: readonly number[] }
  /** Always 0: a category that the model does not see. */
  | { readonly from: 'nothing' };

type Source = Pick<LinearColumn, 'from' | 'field' | 'by' | 'missing'>;

/** A recipe for each column of the features, in order: what `Encoder` does, as plain JSON. */
export function encodedColumns(
  spec: CharacterSpec,
  { fields, duration }: EncoderStatistics,
): readonly EncodedColumn[] {
  return [
    ...spec.action.actions.map((_, index): EncodedColumn => ({ from: 'action', index })),
    { from: 'duration', subtract: duration.mean, divide: duration.scale },
    ...fields.flatMap(fieldColumns),
  ];
}

function fieldColumns(statistics: FieldStatistics, field: number): readonly EncodedColumn[] {
  switch (statistics.kind) {
    case 'number': {
      const { fill, low, high, mean, scale, knots, changeKnots, turned } = statistics;
      const value: Source = { from: 'value', field, missing: fill };
      return [
        { ...value, low, high, subtract: mean, divide: scale },
        ...pieceColumns(value, knots),
        ...pieceColumns({ from: 'change', field, missing: 0 }, changeKnots),
        ...pieceColumns({ from: 'product', field, by: turned?.by, missing: 0 }, turned?.knots),
      ];
    }
    case 'boolean':
      return [{ from: 'flag', field, missing: statistics.fill }];
    case 'category': {
      const { size, fill, silent } = statistics;
      return Array.from({ length: size }, (_, value) =>
        silent?.includes(value)
          ? { from: 'nothing' }
          : { from: 'equal', field, missing: fill, value },
      );
    }
    case 'id': {
      const { vocabulary } = statistics;
      return [
        ...vocabulary.map((value): EncodedColumn => ({
          from: 'equal',
          field,
          missing: null,
          value,
        })),
        { from: 'other', field, values: vocabulary },
      ];
    }
    default:
      return statistics satisfies never;
  }
}

/** One column for each piece between two knots, with the share of the piece that lies below the value. */
const pieceColumns = (source: Source, knots: readonly number[] = []): readonly EncodedColumn[] =>
  Array.from({ length: pieceCount(knots) }, (_, i) => ({
    ...source,
    low: knots[i],
    high: knots[i + 1],
    subtract: knots[i],
    divide: knots[i + 1] - knots[i],
  }));
