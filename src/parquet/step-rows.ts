import type { ColumnSource } from 'hyparquet-writer';
import { columnsOf, spansOf } from '../record/columns.ts';
import type { ColumnField, FieldSpan } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { observationColumn } from './columns.ts';

/** Steps of one episode in a row. */
interface Run {
  readonly episode: number;
  readonly session: string;
  readonly character: string;
  readonly end: number;
}

/** Steps that wait to be written as one group of rows. */
export class StepRows {
  readonly #spec: CharacterSpec;
  readonly #ticks: Int32Array;
  readonly #actions: Int32Array;
  readonly #frames: Int32Array;
  readonly #columns: readonly Float32Array[];
  #runs: Run[] = [];
  #length = 0;

  /** @param capacity rows of a group */
  constructor(spec: CharacterSpec, capacity: number) {
    this.#spec = spec;
    this.#ticks = new Int32Array(capacity);
    this.#actions = new Int32Array(capacity);
    this.#frames = new Int32Array(capacity);
    this.#columns = columnsOf(spec).map(() => new Float32Array(capacity));
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === this.#ticks.length;
  }

  /** Copies steps from `from` on, as many as there is room for; returns their number. */
  add(episode: Episode, index: number, from: number): number {
    const at = this.#length;
    const count = Math.min(episode.length - from, this.#ticks.length - at);
    this.#ticks.set(episode.ticks.subarray(from, from + count), at);
    this.#actions.set(episode.actions.subarray(from, from + count), at);
    for (let i = 0; i < count; i++) this.#frames[at + i] = from + i;
    this.#columns.forEach((column, c) =>
      column.set(episode.columns[c].subarray(from, from + count), at),
    );
    this.#length += count;
    const { session, character } = episode;
    this.#runs.push({ episode: index, session, character, end: this.#length });
    return count;
  }

  /** The rows as Parquet's columns, and none are left. */
  take(): ColumnSource[] {
    const length = this.#length;
    const { tickRate } = this.#spec;
    const ticks = this.#ticks.subarray(0, length);
    const packed = { encoding: 'DELTA_BINARY_PACKED' } as const;
    const columns: ColumnSource[] = [
      { name: 'episode_index', data: this.#expand(({ episode }) => episode), ...packed },
      { name: 'frame_index', data: this.#frames.subarray(0, length), ...packed },
      { name: 'timestamp', data: Float32Array.from(ticks, (tick) => tick / tickRate) },
      { name: 'tick', data: ticks, ...packed },
      { name: 'action', data: this.#actions.subarray(0, length) },
      ...spansOf(this.#spec).map((span) => ({
        name: observationColumn(span.field),
        data: this.#observed(span),
      })),
      { name: 'session', data: this.#expand(({ session }) => session) },
      { name: 'character', data: this.#expand(({ character }) => character) },
    ];
    this.#length = 0;
    this.#runs = [];
    return columns;
  }

  /** A value for each row, from the run that it belongs to. */
  #expand<T>(valueOf: (run: Run) => T): T[] {
    const values = Array.from<T>({ length: this.#length });
    let at = 0;
    for (const run of this.#runs) {
      values.fill(valueOf(run), at, run.end);
      at = run.end;
    }
    return values;
  }

  #observed({ field, first, columns }: FieldSpan): ColumnSource['data'] {
    const values = this.#columns
      .slice(first, first + columns.length)
      .map((column) => column.subarray(0, this.#length));
    if (field.kind !== 'vector') return plainColumn(columns[0], values[0]);
    return Array.from({ length: this.#length }, (_, row) =>
      values.map((column) => (Number.isNaN(column[row]) ? null : column[row])),
    );
  }
}

/** Values of a field that is no vector, null where one is not known. */
function plainColumn(field: ColumnField, values: Float32Array): ColumnSource['data'] {
  if (field.kind === 'boolean')
    return Array.from(values, (value) => (Number.isNaN(value) ? null : value === 1));
  // An array of numbers alone takes a quarter of the time.
  if (!values.some(Number.isNaN)) return field.kind === 'number' ? values : Int32Array.from(values);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}
