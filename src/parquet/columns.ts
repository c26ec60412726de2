import type { SchemaElement } from 'hyparquet';
import { spansOf } from '../record/columns.ts';
import type { CharacterSpec, ObservationField } from '../record/spec.ts';

/** In front of the name of an observation field. */
const OBSERVATION = 'observation.';

/** The column of an observation field. */
export const observationColumn = (field: ObservationField): string => OBSERVATION + field.name;

const required = (
  name: string,
  type: SchemaElement['type'],
  more: Partial<SchemaElement> = {},
): SchemaElement => ({ name, type, repetition_type: 'REQUIRED', ...more });

const text = (name: string): SchemaElement =>
  required(name, 'BYTE_ARRAY', { converted_type: 'UTF8', logical_type: { type: 'STRING' } });

/** Columns of a step apart from its observation, in their order. */
const STEP_START: readonly SchemaElement[] = [
  required('episode_index', 'INT32'),
  required('frame_index', 'INT32'),
  required('timestamp', 'FLOAT'),
  required('tick', 'INT32'),
  required('action', 'INT32'),
];
const STEP_END: readonly SchemaElement[] = [text('session'), text('character')];

/** A value that is not known is null, so every column of an observation may have nulls. */
function observationElements(field: ObservationField): SchemaElement[] {
  const name = observationColumn(field);
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  switch (field.kind) {
    case 'number':
      return [{ ...optional, type: 'FLOAT' }];
    case 'boolean':
      return [{ ...optional, type: 'BOOLEAN' }];
    case 'category':
    case 'id':
      return [{ ...optional, type: 'INT32' }];
    case 'vector':
      return [
        { ...optional, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'OPTIONAL', type: 'FLOAT' },
      ];
    default:
      return field satisfies never;
  }
}

const root = (count: number): SchemaElement => ({ name: 'schema', num_children: count });

/** The schema of data files: a row for each step. */
export function stepSchema(spec: CharacterSpec): SchemaElement[] {
  const { fields } = spec.observation;
  return [
    root(STEP_START.length + fields.length + STEP_END.length),
    ...STEP_START,
    ...fields.flatMap(observationElements),
    ...STEP_END,
  ];
}

/** The columns of an episode's row: what its steps do not hold, and where they are. */
const EPISODE: readonly SchemaElement[] = [
  required('episode_index', 'INT32'),
  text('episode_id'),
  text('session'),
  text('character'),
  text('end'),
  required('end_tick', 'INT64'),
  required('learn', 'BOOLEAN'),
  text('meta'),
  required('length', 'INT32'),
  required('data/chunk_index', 'INT32'),
  required('data/file_index', 'INT32'),
  required('dataset_from_index', 'INT64'),
  required('dataset_to_index', 'INT64'),
];

/** The schema of files of episodes: a row for each of them. */
export const EPISODE_SCHEMA: readonly SchemaElement[] = [root(EPISODE.length), ...EPISODE];

/** What info.json reports of a column, as in LeRobot's data sets. */
export interface Feature {
  readonly dtype: 'bool' | 'float32' | 'int32' | 'string';
  readonly shape: readonly number[];
  /** What the whole numbers of an action or category stand for, in their order. */
  readonly names: readonly string[] | null;
}

/** All columns of data files by name. */
export function featuresOf(spec: CharacterSpec): Record<string, Feature> {
  const scalar = (dtype: Feature['dtype'], names: readonly string[] | null = null): Feature => ({
    dtype,
    shape: [1],
    names,
  });
  const observed = spansOf(spec).map(({ field }): [string, Feature] => [
    observationColumn(field),
    observationFeature(field, scalar),
  ]);
  return {
    episode_index: scalar('int32'),
    frame_index: scalar('int32'),
    timestamp: scalar('float32'),
    tick: scalar('int32'),
    action: scalar('int32', spec.action.actions),
    ...Object.fromEntries(observed),
    session: scalar('string'),
    character: scalar('string'),
  };
}

function observationFeature(
  field: ObservationField,
  scalar: (dtype: Feature['dtype'], names?: readonly string[]) => Feature,
): Feature {
  switch (field.kind) {
    case 'number':
      return scalar('float32');
    case 'boolean':
      return scalar('bool');
    case 'category':
      return scalar('int32', field.categories);
    case 'id':
      return scalar('int32');
    case 'vector':
      return { dtype: 'float32', shape: [field.length], names: null };
    default:
      return field satisfies never;
  }
}
