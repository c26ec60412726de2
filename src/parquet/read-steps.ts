import { columnsOf, spansOf } from '../record/columns.ts';
import type { EpisodeChunk } from '../record/episode-store.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { actionOf, columnValue, countOf, textOf, tickOf, vectorValues } from './cells.ts';
import type { CellFail } from './cells.ts';
import { observationColumn } from './columns.ts';
import { GuardedTable } from './guarded-table.ts';
import type { Cell, RowRange } from './parquet-table.ts';

/** Consecutive rows of one episode. */
export interface StepsOfEpisode {
  readonly index: number;
  readonly session: string;
  readonly character: string;
  readonly steps: EpisodeChunk;
}

export interface ReadStepsOptions {
  readonly observations: boolean;
  /** See `GuardedTable.open`. */
  readonly deadlineMs: number;
}

/** The rows of data files, in order, cut where another episode begins. */
export async function* readSteps(
  paths: readonly string[],
  spec: CharacterSpec,
  options: ReadStepsOptions,
): AsyncGenerator<StepsOfEpisode> {
  for (const path of paths) {
    const table = await GuardedTable.open(path, options.deadlineMs);
    try {
      const reader = new RangeReader(table, path, spec);
      for (const range of table.ranges()) yield* await reader.read(range, options.observations);
    } finally {
      table.close();
    }
  }
}

class RangeReader {
  readonly #table: GuardedTable;
  readonly #path: string;
  readonly #spec: CharacterSpec;
  readonly #columns: ReadonlySet<string>;

  constructor(table: GuardedTable, path: string, spec: CharacterSpec) {
    this.#table = table;
    this.#path = path;
    this.#spec = spec;
    this.#columns = new Set(table.columns);
  }

  async read(range: RowRange, observations: boolean): Promise<StepsOfEpisode[]> {
    const rows = range.to - range.from;
    const episodes = await this.#map('episode_index', range, (cell, fail) =>
      countOf('episode_index', cell, fail),
    );
    const sessions = await this.#map('session', range, (cell, fail) =>
      textOf('session', cell, fail),
    );
    const characters = await this.#map('character', range, (cell, fail) =>
      textOf('character', cell, fail),
    );
    const { actions } = this.#spec.action;
    const steps: EpisodeChunk = {
      length: rows,
      ticks: Int32Array.from(await this.#ticks(range)),
      actions: Uint16Array.from(
        await this.#map('action', range, (cell, fail) => actionOf(actions, cell, fail)),
      ),
      columns: observations ? await this.#observations(range) : [],
    };
    const parts: StepsOfEpisode[] = [];
    for (let from = 0; from < rows;) {
      let to = from + 1;
      while (to < rows && episodes[to] === episodes[from]) to++;
      parts.push({
        index: episodes[from],
        session: sessions[from],
        character: characters[from],
        steps: slice(steps, from, to),
      });
      from = to;
    }
    return parts;
  }

  /** From "tick", or from the time, which others may have written alone. */
  #ticks(range: RowRange): Promise<number[]> {
    if (this.#columns.has('tick')) return this.#map('tick', range, tickOf);
    const { tickRate } = this.#spec;
    return this.#map('timestamp', range, (cell, fail) =>
      tickOf(Math.round(Number(cell) * tickRate), fail),
    );
  }

  async #observations(range: RowRange): Promise<Float32Array[]> {
    const rows = range.to - range.from;
    const columns = columnsOf(this.#spec).map(() => new Float32Array(rows));
    for (const span of spansOf(this.#spec)) {
      const { field, first } = span;
      const name = observationColumn(field);
      let row = 0;
      await this.#map(name, range, (cell, fail) => {
        if (field.kind !== 'vector') columns[first][row] = columnValue(field, cell, fail);
        else
          vectorValues(span, cell, fail).forEach((value, i) => (columns[first + i][row] = value));
        row++;
      });
    }
    return columns;
  }

  async #map<T>(
    column: string,
    range: RowRange,
    valueOf: (cell: Cell, fail: CellFail) => T,
  ): Promise<T[]> {
    if (!this.#columns.has(column))
      throw new ForesightError(
        'corrupt-file',
        `"${this.#path}" has no column "${column}". Its columns are ${[...this.#columns].join(', ')}. Rename one of them, or add it.`,
      );
    let row = range.from;
    const fail: CellFail = (what, fix) => {
      throw new ForesightError('corrupt-file', `"${this.#path}", row ${row}, has ${what}. ${fix}`);
    };
    const cells = await this.#table.read(column, range);
    return cells.map((cell) => {
      const value = valueOf(cell, fail);
      row++;
      return value;
    });
  }
}

const slice = (
  { ticks, actions, columns }: EpisodeChunk,
  from: number,
  to: number,
): EpisodeChunk => ({
  length: to - from,
  ticks: ticks.slice(from, to),
  actions: actions.slice(from, to),
  columns: columns.map((column) => column.slice(from, to)),
});
