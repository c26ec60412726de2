import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import { columnsOf } from './columns.ts';
import type { ColumnField } from './columns.ts';
import type {
  CharacterSpec,
  Observation,
  ObservationOf,
  VectorField,
  VectorValue,
} from './spec.ts';

/** Above it 32-bit floats do not hold every whole number, so different ids could become equal. */
export const MAX_ID = 2 ** 24;

/**
 * An observation as a row of column values: a number or an id unchanged, a boolean as 0 or 1, a
 * category as its index, a vector as its numbers, `null` as NaN (not known at this tick). Everything is
 * copied. Properties that the spec does not name are ignored.
 *
 * @param out [columns], filled and returned; a new array when absent. Its content is undefined after a throw.
 * @throws ForesightError `bad-observation` naming the field, the value and the fix
 */
export const rowFromObservation: <S extends CharacterSpec>(
  spec: S,
  observation: ObservationOf<NoInfer<S>>,
  out?: Float32Array,
) => Float32Array = fillRow;

function fillRow(
  spec: CharacterSpec,
  observation: Observation,
  out: Float32Array = new Float32Array(columnsOf(spec).length),
): Float32Array {
  const { fields } = spec.observation;
  if (typeof observation !== 'object' || observation === null)
    throw new ForesightError(
      'bad-observation',
      `The observation of "${spec.name}" is ${show(observation)}. Give an object with ${fields.map(({ name }) => name).join(', ')}.`,
    );
  let at = 0;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    const value = observation[field.name];
    if (field.kind === 'vector') {
      writeVector(spec, field, observation, out, at);
      at += field.length;
    } else out[at++] = value === null ? NaN : columnValue(spec, field, observation, value);
  }
  return out;
}

/** Writes the numbers of a vector to `out` from `at` on. */
function writeVector(
  spec: CharacterSpec,
  field: VectorField,
  observation: Observation,
  out: Float32Array,
  at: number,
): void {
  const { length } = field;
  const vector = observation[field.name];
  if (vector === null) {
    out.fill(NaN, at, at + length);
    return;
  }
  if (!isNumbers(vector) || vector.length !== length)
    return refuse(spec, field.name, ...vectorRefusal(spec, field, observation));
  for (let i = 0; i < length; i++) {
    const value = vector[i];
    if (value !== null && (typeof value !== 'number' || Math.abs(Math.fround(value)) === Infinity))
      refuse(spec, field.name, `has ${show(value)} at index ${i}`, ENTRY_FIX);
    out[at + i] = value === null ? NaN : value;
  }
}

const ENTRY_FIX =
  'Give a finite number (for a ray that hits nothing its longest range), or null where it is not known.';

const isNumbers = (value: unknown): value is VectorValue =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** The fault of a value that is no vector of this field, and the fix. */
function vectorRefusal(
  spec: CharacterSpec,
  { name, length }: VectorField,
  observation: Observation,
): [what: string, fix: string] {
  const value: unknown = observation[name];
  if (value === undefined) return ['is missing', missingFix(spec, name, observation)];
  const fix = `Give an array of ${length} numbers, or null if it is not known at this tick.`;
  return [isNumbers(value) ? `has ${value.length} numbers` : `is ${show(value)}`, fix];
}

function columnValue(
  spec: CharacterSpec,
  field: ColumnField,
  observation: Observation,
  value: Observation[string] | undefined,
): number {
  // No closures here: this runs for every field of every step of every character.
  switch (field.kind) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0;
      break;
    case 'category': {
      const index = field.categories.indexOf(value as string);
      if (index >= 0) return index;
      break;
    }
    case 'id':
      if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_ID)
        return value as number;
      break;
    default:
      return field satisfies never;
  }
  const [what, fix] = refusal(spec, field, observation, value);
  return refuse(spec, field.name, what, fix);
}

function refuse(spec: CharacterSpec, name: string, what: string, fix: string): never {
  throw new ForesightError(
    'bad-observation',
    `"${name}" in the observation of "${spec.name}" ${what}. ${fix}`,
  );
}

/** The fault of a value that its field does not accept, and the fix. */
function refusal(
  spec: CharacterSpec,
  field: ColumnField,
  observation: Observation,
  value: unknown,
): [what: string, fix: string] {
  if (value === undefined) return ['is missing', missingFix(spec, field.name, observation)];
  const is = `is ${show(value)}`;
  const unknown = 'or null if it is not known at this tick.';
  switch (field.kind) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value))
        return [`${is}, too large for a 32-bit float`, `Give it in a larger unit, ${unknown}`];
      return [is, `Give a finite number, ${unknown}`];
    case 'boolean':
      return [is, `Give true or false, ${unknown}`];
    case 'category':
      return [is, categoryFix(field.categories, value)];
    case 'id':
      return [is, `Give a whole number from 0 to ${MAX_ID}, ${unknown}`];
    default:
      return field satisfies never;
  }
}

function missingFix(spec: CharacterSpec, name: string, observation: Observation): string {
  const known = new Set(spec.observation.fields.map((field) => field.name));
  const stray = Object.keys(observation).filter((key) => !known.has(key));
  const fix = `Give "${name}", or pass null if it is not known at this tick.`;
  return stray.length ? `${fix} Is "${nearestName(name, stray)}" a misspelling of it?` : fix;
}

function categoryFix(categories: readonly string[], value: unknown): string {
  const near = typeof value === 'string' ? nearestName(value, categories) : null;
  return (
    (near === null ? '' : `Did you mean "${near}"? `) +
    `Give one of ${categories.join(', ')}, or null if it is not known at this tick.`
  );
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
