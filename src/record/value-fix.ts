import type { ColumnField } from './columns.ts';
import { MAX_ID } from './observation.ts';

/** The fix for a `value` that a column of this field cannot hold; null when it can. NaN needs a fix. */
export function valueFix(field: ColumnField, value: number): string | null {
  switch (field.kind) {
    case 'number':
      return Number.isFinite(Math.fround(value)) ? null : 'Give a finite number, or null.';
    case 'boolean':
      return value === 0 || value === 1 ? null : 'Give 0, 1 or null.';
    case 'category':
      return Number.isInteger(value) && value >= 0 && value < field.categories.length
        ? null
        : `Give one of its ${field.categories.length} categories, or null.`;
    case 'id':
      return Number.isInteger(value) && value >= 0 && value <= MAX_ID
        ? null
        : `Give a whole number from 0 to ${MAX_ID}, or null.`;
    default:
      return field satisfies never;
  }
}
