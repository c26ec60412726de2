import type { ColumnField, FieldSpan } from '../record/columns.ts';
import { isTick } from '../record/episode.ts';
import { valueFix } from '../record/value-fix.ts';
import type { Cell } from './parquet-table.ts';

/** Throws an error about a value, naming file and row. */
export type CellFail = (what: string, fix: string) => never;

const isMissing = (cell: Cell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));

/** A cell as a number: programs write whole numbers in any width, and booleans as bits or numbers. */
function numberOf(cell: Cell): number {
  switch (typeof cell) {
    case 'number':
      return cell;
    case 'bigint':
    case 'boolean':
      return Number(cell);
    default:
      return NaN;
  }
}

const show = (cell: Cell): string =>
  typeof cell === 'string' || Array.isArray(cell) ? JSON.stringify(cell) : String(cell);

/** A cell of a step as it is kept in a column: NaN where it is not known, a name as its index. */
export function columnValue(field: ColumnField, cell: Cell, fail: CellFail): number {
  if (isMissing(cell)) return NaN;
  const names = field.kind === 'category' ? field.categories : [];
  const value = typeof cell === 'string' ? names.indexOf(cell) : numberOf(cell);
  const fix = valueFix(field, value);
  return fix === null ? value : fail(`${show(cell)} for "${field.name}"`, fix);
}

/** The values of a vector's cell, one for each of its columns. */
export function vectorValues(span: FieldSpan, cell: Cell, fail: CellFail): number[] {
  const { field, columns } = span;
  if (isMissing(cell)) return columns.map(() => NaN);
  if (!isCells(cell) || cell.length !== columns.length)
    return fail(`${show(cell)} for "${field.name}"`, `Give a list of ${columns.length} numbers.`);
  return columns.map((column, i) => columnValue(column, cell[i], fail));
}

const isCells = (cell: Cell): cell is readonly Cell[] =>
  Array.isArray(cell) || ArrayBuffer.isView(cell);

/** The index of an action, from its index or its name. */
export function actionOf(actions: readonly string[], cell: Cell, fail: CellFail): number {
  const index = typeof cell === 'string' ? actions.indexOf(cell) : numberOf(cell);
  return Number.isInteger(index) && index in actions
    ? index
    : fail(`${show(cell)} for "action"`, `Give one of the ${actions.length} actions.`);
}

export function tickOf(cell: Cell, fail: CellFail): number {
  const tick = numberOf(cell);
  return isTick(tick)
    ? tick
    : fail(`${show(cell)} for "tick"`, 'Give a whole number of ticks that fits into 32 bits.');
}

export function textOf(column: string, cell: Cell, fail: CellFail): string {
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint'
    ? String(cell)
    : fail(`${show(cell)} for "${column}"`, 'Give a text.');
}

/** A whole number of 0 or more. */
export function countOf(column: string, cell: Cell, fail: CellFail): number {
  const value = numberOf(cell);
  return Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(`${show(cell)} for "${column}"`, 'Give a whole number.');
}
