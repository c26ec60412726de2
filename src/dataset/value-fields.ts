import type { EncoderStatistics } from './statistics.ts';
import type { ValueColumn } from './value-history.ts';
import type { NumberStatistics } from './value-target.ts';

/** A continuous target: its column in a step's values, and its statistics. */
export interface ValueField extends ValueColumn {
  readonly field: NumberStatistics;
}

/** The continuous targets of these names, which must be number fields. */
export const valueFields = (
  { fields }: EncoderStatistics,
  continuous: readonly string[],
): ValueField[] =>
  continuous.flatMap((name) => {
    const column = fields.findIndex((other) => other.name === name);
    const field = fields[column];
    if (field?.kind !== 'number') return [];
    const { mean, scale } = field;
    return [{ column, field, mean, scale }];
  });
