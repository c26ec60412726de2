import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import { MAX_ID } from './observation.ts';
import type { ColumnField } from './columns.ts';

/** Cell texts that mean "not known". */
const MISSING = new Set(['', 'nan', 'na', 'n/a', 'null']);

/** A cell and its place. */
export interface Cell {
  readonly text: string;
  /** Name of the file in errors. */
  readonly file: string;
  /** Counting from 1. */
  readonly line: number;
  readonly column: string;
}

/**
 * A cell as a column value of its field; NaN where it is empty or holds NaN, NA or null. Throws
 * `bad-data` naming the line, the column and the fix.
 */
export function fieldValue(field: ColumnField, cell: Cell): number {
  if (MISSING.has(cell.text.toLowerCase())) return NaN;
  const number = Number(cell.text);
  switch (field.kind) {
    case 'number':
      return finiteNumber(cell);
    case 'boolean': {
      const index = ['false', 'true'].indexOf(cell.text.toLowerCase());
      if (index >= 0) return index;
      if (number === 0 || number === 1) return number;
      return refuse(cell, 'is neither true nor false', 'Write true, false, 1 or 0 there');
    }
    case 'category': {
      const index = field.categories.indexOf(cell.text);
      if (index >= 0) return index;
      return refuse(
        cell,
        'is not a category of the spec',
        `Did you mean "${nearestName(cell.text, field.categories)}"? Correct it or add it to the spec's categories`,
      );
    }
    case 'id':
      if (Number.isInteger(number) && number >= 0 && number <= MAX_ID) return number;
      return refuse(
        cell,
        `is not a whole number from 0 to ${MAX_ID}`,
        'Write one there, or make the column a category in the spec file',
      );
    default:
      return field satisfies never;
  }
}

/** A cell that must be a finite number. Throws `bad-data`. */
export function finiteNumber(cell: Cell): number {
  const number = cell.text ? Number(cell.text) : NaN;
  if (Number.isFinite(Math.fround(number))) return number;
  return refuse(
    cell,
    'is not a number',
    'Write one there, with a point before decimals, or make the column a category in the spec file',
  );
}

/** Index of a cell's action. Throws `unknown-action`. */
export function actionOf(actions: readonly string[], cell: Cell): number {
  const index = actions.indexOf(cell.text);
  if (index >= 0) return index;
  throw new ForesightError(
    'unknown-action',
    `${place(cell)} has the action "${cell.text}", which is not in the spec. Did you mean "${nearestName(cell.text, actions)}"? Correct it, or add it to "actions" in the spec file; they are ${actions.join(', ')}.`,
  );
}

const place = ({ file, line, column }: Cell): string => `${file} line ${line}, column "${column}"`;

function refuse(cell: Cell, what: string, fix: string): never {
  throw new ForesightError(
    'bad-data',
    `${place(cell)}: "${cell.text}" ${what}. ${fix}, or leave the cell empty where it is not known.`,
  );
}
