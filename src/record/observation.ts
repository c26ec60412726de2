import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import type { CharacterSpec, Observation, ObservationField, ObservationOf } from './spec.ts';

/** Above it 32-bit floats do not hold every whole number, so different ids could become equal. */
export const MAX_ID = 2 ** 24;

/**
 * An observation as a row of column values: a number or an id unchanged, a boolean as 0 or 1, a
 * category as its index, `null` as NaN (not known at this tick). Properties that the spec does not
 * name are ignored.
 *
 * @param out [fields], filled and returned; a new array when absent. Its content is undefined after a throw.
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
  out: Float32Array = new Float32Array(spec.observation.fields.length),
): Float32Array {
  const { fields } = spec.observation;
  if (typeof observation !== 'object' || observation === null)
    throw new ForesightError(
      'bad-observation',
      `The observation of "${spec.name}" is ${show(observation)}. Give an object with ${fields.map(({ name }) => name).join(', ')}.`,
    );
  for (let i = 0; i < fields.length; i++) {
    const value = observation[fields[i].name];
    out[i] = value === null ? NaN : columnValue(spec, fields[i], observation, value);
  }
  return out;
}

function columnValue(
  spec: CharacterSpec,
  field: ObservationField,
  observation: Observation,
  value: number | boolean | string | undefined,
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
  throw new ForesightError(
    'bad-observation',
    `"${field.name}" in the observation of "${spec.name}" ${what}. ${fix}`,
  );
}

/** The fault of a value that its field does not accept, and the fix. */
function refusal(
  spec: CharacterSpec,
  field: ObservationField,
  observation: Observation,
  value: number | boolean | string | undefined,
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
