import { CsvError, parse } from 'csv-parse/sync';
import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import { LIMITS } from './limits.ts';

/** The rows of a CSV file below its header. */
export interface CsvRows {
  /** Name of the file in errors. */
  readonly name: string;
  /** Names of the columns. */
  readonly header: readonly string[];
  /** [rows][columns] trimmed texts of the cells. */
  readonly cells: readonly (readonly string[])[];
  /** The line on which each row ends, counting from 1. */
  readonly lines: readonly number[];
}

/**
 * Reads the text of a CSV file (RFC 4180; the first row names the columns, empty lines are skipped).
 * Throws `bad-data` for an empty file, a file with a header only, a duplicate column name, and a row
 * that is longer or shorter than the header; `corrupt-file` for unmatched quotes.
 */
export function readCsvRows(text: string, name: string, delimiter: string): CsvRows {
  const parsed = parseText(text, name, delimiter);
  const fail = (message: string): never => {
    throw new ForesightError('bad-data', `${name} ${message}`);
  };
  if (!parsed.length) fail('is empty. Export it again, with a first row that names the columns.');
  const [{ record: header }, ...rows] = parsed;
  if (!rows.length)
    fail(
      'has a header but no rows. Export it again with its data; the first row names the columns.',
    );
  if (header.length > LIMITS.columns)
    fail(`has ${header.length} columns, more than ${LIMITS.columns}. Leave some out.`);
  const seen = new Set<string>();
  for (const column of header) {
    if (column && seen.has(column))
      fail(`has two columns "${column}". Give each column its own name.`);
    seen.add(column);
  }
  for (const { record, info } of rows)
    if (record.length !== header.length)
      fail(
        `has ${record.length} cells on line ${info.lines}, but ${header.length} columns. Correct or remove that line; text that holds a "${delimiter}" needs quotes around it.`,
      );
  return {
    name,
    header,
    cells: rows.map(({ record }) => record),
    lines: rows.map(({ info }) => info.lines),
  };
}

/** Index of a column. Throws `bad-data`, naming the column with the nearest name. */
export function columnIndex({ header, name }: CsvRows, column: string): number {
  const index = header.indexOf(column);
  if (index >= 0) return index;
  throw new ForesightError(
    'bad-data',
    `${name} has no column "${column}". Did you mean "${nearestName(column, header)}"? Correct the spec file or the header; the columns are ${header.join(', ')}.`,
  );
}

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function parseText(text: string, name: string, delimiter: string): ParsedRow[] {
  try {
    return parse(text, {
      delimiter,
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as ParsedRow[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ForesightError(
      'corrupt-file',
      `${name} is not a readable CSV file: ${error.message}. Check the quotes there, or export it again.`,
      { cause: error },
    );
  }
}
