import { spansOf } from './columns.ts';
import type { ColumnField, FieldSpan } from './columns.ts';
import type { ColumnRoom } from './column-room.ts';
import type { EpisodeChunk } from './episode-store.ts';
import { isTick } from './episode.ts';
import type { Episode } from './episode.ts';
import { valueFix } from './value-fix.ts';
import type { CharacterSpec, ObservationField } from './spec.ts';

/** Throws `corrupt-file` with the name of the file and the line at fault. */
export type Fail = (what: string, fix: string, cause?: unknown) => never;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The reader of a file's lines, made from its header. */
export interface LineReader {
  readonly spec: CharacterSpec;
  /** How many lines must follow; null when the header does not give it. */
  readonly episodes: number | null;
  /** Reads one line after the header. */
  readEpisode(line: JsonObject, fail: Fail): Episode;
}

/** The position of a field in a row, and the offset of its categories from their indices. */
export interface FieldPlace {
  readonly field: ObservationField;
  readonly at: number;
  readonly lowest: number;
}

/** The layout of the rows of a file. */
export interface RowLayout {
  readonly columns: readonly string[];
  readonly tickAt: number;
  readonly actionAt: number;
  readonly actions: readonly string[];
  readonly fields: readonly FieldPlace[];
  /** The columns of each field, and what their values are read for. */
  readonly spans: readonly FieldSpan[];
  readonly places: readonly ColumnPlace[];
  /** Columns of an episode; those that are no part of its rows come last. */
  readonly width: number;
  readonly room: ColumnRoom;
}

/** A layout, made once for a file. The spec of the fields must have been checked. */
export function layoutOf(
  given: Pick<RowLayout, 'columns' | 'actions' | 'fields' | 'room'> & {
    /** Columns of an episode that are no part of its rows. */
    readonly constants?: number;
  },
): RowLayout {
  const { columns, actions, fields, room, constants = 0 } = given;
  const spans = spansOf({ observation: { fields: fields.map(({ field }) => field) } });
  const places = spans.flatMap((span, i) =>
    span.columns.map((field): ColumnPlace => ({ field, lowest: fields[i].lowest })),
  );
  return {
    columns,
    tickAt: columns.indexOf('tick'),
    actionAt: columns.indexOf('action'),
    actions,
    fields,
    spans,
    places,
    width: places.length + constants,
    room,
  };
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of a file, for errors: no longer than a line. */
export function show(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > 100 ? `${json.slice(0, 99)}…` : json;
}

/**
 * Reads rows of numbers into columns, checking every one. Throws `too-large` before they are allocated when the
 * file has no room for them.
 */
export function readRows(rows: unknown, layout: RowLayout, fail: Fail): EpisodeChunk {
  if (!Array.isArray(rows)) return fail('it has no "steps"', 'Give an array with a row per step.');
  const { length } = rows;
  const { columns: names, tickAt, actionAt, fields, spans, places } = layout;
  layout.room.take({ steps: length, columns: layout.width });
  const ticks = new Int32Array(length);
  const actions = new Uint16Array(length);
  const columns = places.map(() => new Float32Array(length));
  for (let step = 0; step < length; step++) {
    const row: unknown = rows[step];
    if (!Array.isArray(row) || row.length !== names.length)
      return fail(
        Array.isArray(row)
          ? `step ${step} has ${row.length} values for ${names.length} columns`
          : `step ${step} is ${show(row)}`,
        `Give an array of ${names.join(', ')}.`,
      );
    const tick: unknown = row[tickAt];
    if (!isTick(tick))
      return fail(
        `step ${step} has tick ${show(tick)}`,
        'Give a whole number of ticks that fits into 32 bits.',
      );
    ticks[step] = tick;
    if (step && ticks[step] < ticks[step - 1])
      fail(
        `the tick falls from ${ticks[step - 1]} to ${ticks[step]} at step ${step}`,
        'Begin a new episode where time starts over.',
      );
    const action: unknown = row[actionAt];
    if (!Number.isInteger(action) || !((action as number) in layout.actions))
      fail(
        `step ${step} has action ${show(action)}`,
        `Give the index of one of the ${layout.actions.length} actions, 0 to ${layout.actions.length - 1}.`,
      );
    actions[step] = action as number;
    const failValue: Fail = (what, fix) => fail(`step ${step} has ${what}`, fix);
    for (let i = 0; i < fields.length; i++) {
      const { field, first } = spans[i];
      const value: unknown = row[fields[i].at];
      if (field.kind !== 'vector')
        columns[first][step] = readValue(places[first], value, failValue);
      else
        numbersOf(spans[i], value, failValue).forEach((one, n) => {
          columns[first + n][step] = readValue(places[first + n], one, failValue);
        });
    }
  }
  return { length, ticks, actions, columns };
}

/** The values of a vector, one for each of its columns. */
function numbersOf({ field, columns }: FieldSpan, value: unknown, fail: Fail): readonly unknown[] {
  if (value === null) return columns.map(() => null);
  if (Array.isArray(value) && value.length === columns.length) return value;
  return fail(
    Array.isArray(value)
      ? `${value.length} numbers for "${field.name}"`
      : `${show(value)} for "${field.name}"`,
    `Give an array of ${columns.length} numbers, or null.`,
  );
}

/** What a value is read for. */
export interface ColumnPlace {
  readonly field: ColumnField;
  readonly lowest: number;
}

/** One value as stored in a column; null becomes NaN. */
export function readValue({ field, lowest }: ColumnPlace, value: unknown, fail: Fail): number {
  if (value === null) return NaN;
  const column = typeof value === 'number' ? value - lowest : NaN;
  const fix = valueFix(field, column);
  if (fix !== null) fail(`${show(value)} for "${field.name}"`, fix);
  return column;
}
