import { ForesightError } from '../util/error.ts';
import { hashText } from '../util/hash.ts';
import { actionOf, fieldValue, finiteNumber } from './csv-cells.ts';
import type { Cell } from './csv-cells.ts';
import { ColumnRoom } from './column-room.ts';
import { columnIndex, readCsvRows } from './csv-rows.ts';
import type { CsvRows } from './csv-rows.ts';
import type { CsvSpec, TickUnit } from './csv-spec.ts';
import type { Episode, EpisodeSet } from './episode.ts';
import { isTick } from './episode.ts';

/** Rows that become one episode. */
interface Run {
  readonly id: string;
  readonly session: string;
  /** Indices of the rows, in the order of the file. */
  readonly rows: readonly number[];
}

/**
 * Reads the text of a CSV file as episodes, one step per row. Rows of the same session and episode form
 * one episode. Without such columns the file is one run: it is cut into `parts` consecutive sessions,
 * so that some can be held out. Sessions are named by the file's content, not by its path.
 *
 * Throws `bad-data` for an empty file, a missing column, a ragged row, a cell that its field does not
 * accept and time that runs backwards; `unknown-action`; `corrupt-file` for unmatched quotes; and `too-large` for
 * columns that are read many times over.
 *
 * @param name name of the file in errors
 */
export function readCsv(text: string, name: string, csv: CsvSpec): EpisodeSet {
  const rows = readCsvRows(text, name, csv.delimiter);
  const reader = new RowReader(rows, csv);
  const runs = cutRuns(rows, csv, hashText(text).slice(0, 8));
  const room = new ColumnRoom(text.length, name);
  for (const run of runs) room.take({ steps: run.rows.length, columns: csv.fields.length });
  return { spec: csv.spec, episodes: runs.map((run) => reader.episode(run)) };
}

class RowReader {
  readonly #rows: CsvRows;
  readonly #csv: CsvSpec;
  readonly #fieldColumns: readonly number[];
  readonly #actionColumn: number;
  readonly #tickColumn: number;

  constructor(rows: CsvRows, csv: CsvSpec) {
    this.#rows = rows;
    this.#csv = csv;
    this.#fieldColumns = csv.fields.map(({ column }) => columnIndex(rows, column));
    this.#actionColumn = csv.actionColumn === undefined ? -1 : columnIndex(rows, csv.actionColumn);
    this.#tickColumn = csv.tick ? columnIndex(rows, csv.tick.column) : -1;
  }

  episode({ id, session, rows }: Run): Episode {
    const { spec, fields } = this.#csv;
    const { actions } = spec.action;
    const ticks = this.#ticks(rows);
    return {
      id,
      session,
      character: spec.name,
      end: 'truncated',
      endTick: ticks[ticks.length - 1],
      learn: true,
      meta: {},
      length: rows.length,
      ticks,
      actions: Uint16Array.from(rows, (row) =>
        this.#actionColumn < 0 ? 0 : actionOf(actions, this.#cell(row, this.#actionColumn)),
      ),
      columns: fields.map(({ field }, i) =>
        Float32Array.from(rows, (row) => fieldValue(field, this.#cell(row, this.#fieldColumns[i]))),
      ),
    };
  }

  /** Ticks since the run's first row. */
  #ticks(rows: readonly number[]): Int32Array {
    const { spec, tick } = this.#csv;
    const every = spec.sampling.kind === 'everyTicks' ? spec.sampling.ticks : 1;
    if (!tick) return Int32Array.from(rows, (_, i) => i * every);
    const perUnit = ticksPerUnit(tick.unit, spec.tickRate);
    const first = finiteNumber(this.#cell(rows[0], this.#tickColumn));
    const ticks = new Int32Array(rows.length);
    let before = 0;
    for (const [i, row] of rows.entries()) {
      const cell = this.#cell(row, this.#tickColumn);
      const value = Math.round((finiteNumber(cell) - first) * perUnit);
      if (value < before)
        throw new ForesightError(
          'bad-data',
          `${cell.file} line ${cell.line}: time in column "${cell.column}" runs backwards, to ${cell.text}. Sort the rows by time, or name the column that distinguishes runs as "episode" or "session" in the spec file.`,
        );
      if (!isTick(value))
        throw new ForesightError(
          'bad-data',
          `${cell.file} line ${cell.line}: "${cell.text}" in column "${cell.column}" is ${value} ticks after the first row, too many. Check the unit and tickRate in the spec file.`,
        );
      ticks[i] = before = value;
    }
    return ticks;
  }

  #cell(row: number, column: number): Cell {
    const { cells, lines, header, name } = this.#rows;
    return { text: cells[row][column], file: name, line: lines[row], column: header[column] };
  }
}

function ticksPerUnit(unit: TickUnit, tickRate: number): number {
  switch (unit) {
    case 'ticks':
      return 1;
    case 'seconds':
      return tickRate;
    case 'milliseconds':
      return tickRate / 1000;
    default:
      return unit satisfies never;
  }
}

/** Rows by session and episode, in the order of their first rows. */
function cutRuns(rows: CsvRows, csv: CsvSpec, hash: string): Run[] {
  const { sessionColumn, episodeColumn } = csv;
  if (sessionColumn === undefined && episodeColumn === undefined)
    return cutParts(rows.cells.length, csv, hash);
  const session = sessionColumn === undefined ? -1 : columnIndex(rows, sessionColumn);
  const episode = episodeColumn === undefined ? -1 : columnIndex(rows, episodeColumn);
  const runs = new Map<string, Run & { rows: number[] }>();
  rows.cells.forEach((cells, row) => {
    const inSession = session < 0 ? `${hash} ${cells[episode]}` : cells[session];
    const key = JSON.stringify([inSession, episode < 0 ? '' : cells[episode]]);
    const run = runs.get(key) ?? { id: `${hash} ${key}`, session: inSession, rows: [] };
    run.rows.push(row);
    runs.set(key, run);
  });
  return [...runs.values()];
}

function cutParts(length: number, { spec, parts: wanted }: CsvSpec, hash: string): Run[] {
  // A part of a single row has nothing to learn from.
  const parts = Math.max(1, Math.min(wanted, length >> 1));
  const begin = (part: number): number => Math.round((part * length) / parts);
  return Array.from({ length: parts }, (_, part) => {
    const number = String(part + 1).padStart(String(parts).length, '0');
    const id = `${spec.name} ${hash} part ${number} of ${parts}`;
    const from = begin(part);
    return {
      id,
      session: id,
      rows: Array.from({ length: begin(part + 1) - from }, (__, i) => from + i),
    };
  });
}
