import * as v from 'valibot';
import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import { columnNames, columnsOf, spansOf } from './columns.ts';
import type { ColumnField } from './columns.ts';
import { defineSpec } from './spec.ts';
import type { CharacterSpec, ObservationField } from './spec.ts';

/** A column of the file and what it holds. */
export interface CsvField {
  readonly column: string;
  readonly field: ColumnField;
}

/** The meaning of the columns of a CSV file, and how to cut its rows into episodes. */
export interface CsvSpec {
  /** The spec of the resulting episodes. */
  readonly spec: CharacterSpec;
  /** In the order of an episode's columns. */
  readonly fields: readonly CsvField[];
  /** Absent for a log of values alone, whose steps all have `NO_ACTION`. */
  readonly actionColumn?: string;
  /** Absent when rows are `everyTicks` ticks apart. */
  readonly tick?: { readonly column: string; readonly unit: TickUnit };
  readonly sessionColumn?: string;
  readonly episodeColumn?: string;
  /** Numbers whose next values are predicted, among them those of vectors. */
  readonly continuous: readonly string[];
  /** Length of a training window, seconds. */
  readonly windowSeconds: number;
  /** A file without session and episode columns is cut into this many consecutive sessions. */
  readonly parts: number;
  /** How sessions are held out for the test: `time` = the last ones, `session` = drawn by seed. */
  readonly split: 'time' | 'session';
  readonly delimiter: string;
}

export type TickUnit = 'ticks' | 'seconds' | 'milliseconds';

export const CSV_SPEC_DEFAULTS = {
  everyTicks: 1,
  windowSeconds: 5,
  parts: 20,
  delimiter: ',',
} as const;

/** Placeholder actions of a log without actions. A spec needs two; the second is never used. */
export const NO_ACTION = ['none', 'unused'] as const;

/** An object that may have only these keys; the error for any other names the nearest of them. */
function strict<const Entries extends v.ObjectEntries>(entries: Entries) {
  const names = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    const key = String(issue.path?.at(-1)?.key);
    if (issue.expected === 'never')
      return `is not a key here. Did you mean "${nearestName(key, names)}"? The keys are ${names.join(', ')}.`;
    return issue.input === undefined
      ? 'is missing. Add it.'
      : `should be an object with keys among ${names.join(', ')}. Write one.`;
  });
}

const textFix = 'should be a text that is not empty. Write one.';
const text = v.pipe(v.string(textFix), v.nonEmpty(textFix));
const texts = v.array(text, 'should be a list of texts. Write one.');
const finiteFix = 'should be a finite number. Write one.';
const finite = v.pipe(v.number(finiteFix), v.finite(finiteFix));
const positiveFix = 'should be a number above 0. Write one.';
const positive = v.pipe(v.number(positiveFix), v.finite(positiveFix), v.gtValue(0, positiveFix));
const countFix = 'should be a whole number from 1 to 10000. Write one.';
const count = v.pipe(
  v.number(countFix),
  v.integer(countFix),
  v.minValue(1, countFix),
  v.maxValue(10_000, countFix),
);

const named = { column: text, name: v.optional(text) };

const field = v.union(
  [
    text,
    strict({
      ...named,
      kind: v.optional(v.literal('number')),
      min: v.optional(finite),
      max: v.optional(finite),
      unit: v.optional(text),
    }),
    strict({ ...named, kind: v.literal('boolean') }),
    strict({ ...named, kind: v.literal('category'), categories: texts }),
    strict({ ...named, kind: v.literal('id') }),
    strict({
      ...named,
      kind: v.literal('vector'),
      length: count,
      min: v.optional(finite),
      max: v.optional(finite),
      unit: v.optional(text),
    }),
  ],
  'is not a field. Write the name of a number column, or { "column", "name", "kind", ... } with the kind "number" (and min, max, unit), "boolean", "category" (and categories), "id" or "vector" (and length; its columns are "column_0", "column_1" ...).',
);

const unitFix = 'should be "ticks", "seconds" or "milliseconds". Write one of them.';

const fileSchema = strict({
  name: text,
  tickRate: positive,
  everyTicks: v.optional(count),
  fields: v.array(field, 'should be a list of fields. Write one.'),
  action: v.optional(strict({ column: text, actions: texts, choices: v.optional(texts) })),
  tick: v.optional(
    strict({
      column: text,
      unit: v.picklist(['ticks', 'seconds', 'milliseconds'] satisfies TickUnit[], unitFix),
    }),
  ),
  session: v.optional(text),
  episode: v.optional(text),
  continuous: v.optional(texts),
  windowSeconds: v.optional(positive),
  parts: v.optional(count),
  split: v.optional(
    v.picklist(['time', 'session'], 'should be "time" or "session". Write one of them.'),
  ),
  delimiter: v.optional(
    v.pipe(
      v.string('should be one character. Write one, for example ";".'),
      v.length(1, 'should be one character. Write one, for example ";".'),
    ),
  ),
});

/**
 * Checks the parsed JSON of a spec file for CSV and completes it. Throws `bad-spec` naming the key
 * and the fix.
 */
export function parseCsvSpec(json: unknown): CsvSpec {
  const result = v.safeParse(fileSchema, json);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue);
    throw new ForesightError(
      'bad-spec',
      path
        ? `The CSV spec's "${path}" ${issue.message}`
        : 'The CSV spec is not an object. Write { "name", "tickRate", "fields", ... }.',
    );
  }
  const { name, tickRate, action, tick, session, episode, ...rest } = result.output;
  const fields = rest.fields.map(completeField);
  const spec = defineSpec({
    name,
    tickRate,
    sampling: { kind: 'everyTicks', ticks: rest.everyTicks ?? CSV_SPEC_DEFAULTS.everyTicks },
    observation: fields.map((one): ObservationField => one.field),
    action: action
      ? { actions: action.actions, ...(action.choices && { choices: action.choices }) }
      : NO_ACTION,
  });
  const continuous = columnNames(spec, rest.continuous ?? []);
  checkContinuous(rest.continuous ?? [], spec);
  if (!action && !continuous.length)
    throw new ForesightError(
      'bad-spec',
      'The CSV spec has neither "action" nor "continuous", so there is nothing to predict. Name the column of the action, or the fields whose next values to predict.',
    );
  return {
    spec,
    fields: csvFields(spec, fields),
    ...(action && { actionColumn: action.column }),
    ...(tick && { tick }),
    ...(session !== undefined && { sessionColumn: session }),
    ...(episode !== undefined && { episodeColumn: episode }),
    continuous,
    windowSeconds: rest.windowSeconds ?? CSV_SPEC_DEFAULTS.windowSeconds,
    parts: rest.parts ?? CSV_SPEC_DEFAULTS.parts,
    split: rest.split ?? (session === undefined ? 'time' : 'session'),
    delimiter: rest.delimiter ?? CSV_SPEC_DEFAULTS.delimiter,
  };
}

/** Steps of a training window: `windowSeconds` at the spec's rate, at least 2. */
export function windowSteps({ spec, windowSeconds }: CsvSpec): number {
  const ticks = spec.sampling.kind === 'everyTicks' ? spec.sampling.ticks : 1;
  return Math.max(2, Math.round((windowSeconds * spec.tickRate) / ticks));
}

/** A field and its column; that of a vector is what the names of its columns begin with. */
interface GivenField {
  readonly column: string;
  readonly field: ObservationField;
}

function completeField(given: v.InferOutput<typeof field>): GivenField {
  if (typeof given === 'string') return { column: given, field: { kind: 'number', name: given } };
  const { column, name = column, ...about } = given;
  return { column, field: { ...about, kind: about.kind ?? 'number', name } as ObservationField };
}

/** The columns of the file that make up the fields of the spec. */
const csvFields = (spec: CharacterSpec, given: readonly GivenField[]): CsvField[] =>
  spansOf(spec).flatMap(({ columns }, at) => {
    const { column, field: whole } = given[at];
    return columns.map((one, i) => ({
      column: whole.kind === 'vector' ? `${column}_${i}` : column,
      field: one,
    }));
  });

function checkContinuous(names: readonly string[], spec: CharacterSpec): void {
  const { fields } = spec.observation;
  const known = fields.flatMap(({ kind, name }) =>
    kind === 'number' || kind === 'vector' ? [name] : [],
  );
  const columns = columnsOf(spec).filter(({ kind }) => kind === 'number');
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) !== i)
      throw new ForesightError(
        'bad-spec',
        `The CSV spec's "continuous" has "${name}" twice. Name it once.`,
      );
    if (!known.includes(name) && !columns.some((column) => column.name === name))
      throw new ForesightError(
        'bad-spec',
        `The CSV spec's "continuous" names "${name}", which is not a number field.${known.length ? ` Did you mean "${nearestName(name, known)}"?` : ''} Choose among ${known.join(', ') || 'number fields: there are none'}.`,
      );
  }
}
