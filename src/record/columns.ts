import type { NumberField, ObservationField, VectorField } from './fields.ts';

/** A field that takes one column of an episode. */
export type ColumnField = Exclude<ObservationField, VectorField>;

/** A field and its columns in an episode, which are also its values in a step. */
export interface FieldSpan {
  readonly field: ObservationField;
  /** Index of its first column. */
  readonly first: number;
  /** A vector has one for each of its numbers, any other field one: itself. */
  readonly columns: readonly ColumnField[];
}

/** A spec, as far as it is needed here. */
export interface WithFields {
  readonly observation: { readonly fields: readonly ObservationField[] };
}

/** Both ways to read a spec's fields. */
interface Columns {
  readonly columns: readonly ColumnField[];
  readonly spans: readonly FieldSpan[];
}

/** By the list of fields, which never changes: characters ask for it at every step. */
const known = new WeakMap<readonly ObservationField[], Columns>();

/**
 * The columns of a spec's episodes, in order: each number of a vector is a number field of its own,
 * named `rays_0`, `rays_1` and so on. All other fields are columns themselves.
 */
export const columnsOf = (spec: WithFields): readonly ColumnField[] => read(spec).columns;

/** Where each field of a spec is in its episodes, in order. */
export const spansOf = (spec: WithFields): readonly FieldSpan[] => read(spec).spans;

/** Names of the columns of some fields, once each. A name that is no field stays as it is. */
export function columnNames(spec: WithFields, names: readonly string[]): string[] {
  const spans = spansOf(spec);
  const all = names.flatMap(
    (name) =>
      spans.find(({ field }) => field.name === name)?.columns.map((column) => column.name) ?? [
        name,
      ],
  );
  return [...new Set(all)];
}

/** How many values a step has, for errors. */
export function columnCount(spec: WithFields): string {
  const fields = spec.observation.fields.length;
  const { length } = columnsOf(spec);
  return length === fields ? `${fields} fields` : `${fields} fields of ${length} values`;
}

function read({ observation: { fields } }: WithFields): Columns {
  const found = known.get(fields);
  if (found) return found;
  let first = 0;
  const spans = fields.map((field): FieldSpan => {
    const span = { field, first, columns: columnsOfField(field) };
    first += span.columns.length;
    return span;
  });
  const made = { spans, columns: spans.flatMap(({ columns }) => columns) };
  known.set(fields, made);
  return made;
}

function columnsOfField(field: ObservationField): readonly ColumnField[] {
  if (field.kind !== 'vector') return [field];
  const { name, length, kind: _, ...range } = field;
  return Array.from({ length }, (__, i): NumberField => ({
    kind: 'number',
    name: `${name}_${i}`,
    ...range,
  }));
}
