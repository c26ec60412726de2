import { ForesightError } from '../util/error.ts';
import { canonicalJson, hashText } from '../util/hash.ts';
import { columnsOf } from './columns.ts';
import { LIMITS } from './limits.ts';
import type { ObservationField, ValueOf } from './fields.ts';

export { boolean, category, id, number, vector } from './fields.ts';
export type {
  BooleanField,
  CategoryField,
  IdField,
  NumberField,
  ObservationField,
  VectorField,
  VectorValue,
} from './fields.ts';

/** The fields that the model sees at a tick. Their order is the order of an episode's columns; a vector has several. */
export interface ObservationSpec<F extends ObservationField = ObservationField> {
  readonly fields: readonly F[];
}

/** The discrete actions; an action is stored as the index into `actions`. */
export interface ActionSpec<A extends string = string> {
  readonly actions: readonly A[];
  /** The actions that the player chooses (a strike), as opposed to those that happen to the character (being hit). All when absent. */
  readonly choices?: readonly A[];
}

/** When a step is written: at each change of action, or every `ticks` ticks. */
export type Sampling =
  { readonly kind: 'onChange' } | { readonly kind: 'everyTicks'; readonly ticks: number };

/**
 * Everything needed to read episodes of one kind of character. Plain JSON.
 *
 * `A` are the names of its actions and `F` its fields. `defineSpec` keeps them, so that a misspelled name
 * does not compile; in a plain `CharacterSpec`, such as one from a file, names are any strings.
 */
export interface CharacterSpec<
  A extends string = string,
  F extends ObservationField = ObservationField,
> {
  readonly name: string;
  /** Ticks per second. */
  readonly tickRate: number;
  readonly sampling: Sampling;
  readonly observation: ObservationSpec<F>;
  readonly action: ActionSpec<A>;
}

/** The names of a spec's actions: `ActionOf<typeof SPEC>`. */
export type ActionOf<S extends CharacterSpec> = S['action']['actions'][number];

/** One observation of a spec, as the game writes it. `null` means "not known at this tick". */
export type ObservationOf<S extends CharacterSpec> = {
  // Nothing conditional on S itself: a class of a typed spec could not be used as one of a plain spec then.
  readonly [F in S['observation']['fields'][number] as F['name']]: ValueOf<F> | null;
};

/** One observation of any spec. */
export type Observation = ObservationOf<CharacterSpec>;

/** What has a spec: a model, a predictor, a tracked character, or `{ spec }`. Null while its model is not there yet. */
export interface WithSpec<S extends CharacterSpec = CharacterSpec> {
  readonly spec: S | null;
}

export interface CharacterSpecInput<
  A extends string = string,
  F extends ObservationField = ObservationField,
> {
  readonly name: string;
  readonly tickRate?: number;
  readonly sampling?: Sampling;
  readonly observation: ObservationSpec<F> | readonly F[];
  readonly action:
    readonly A[] | { readonly actions: readonly A[]; readonly choices?: readonly NoInfer<A>[] };
}

/**
 * Completes and checks a spec; by default 60 ticks per second and a step at every change of action.
 * Throws `bad-spec` for empty or duplicate names, fewer than two actions, or an invalid range.
 */
export function defineSpec<const A extends string, const F extends ObservationField>(
  input: CharacterSpecInput<A, F>,
): CharacterSpec<A, F> {
  const observation =
    'fields' in input.observation ? input.observation : { fields: input.observation };
  const action = 'actions' in input.action ? input.action : { actions: input.action };
  const spec: CharacterSpec<A, F> = {
    name: input.name,
    tickRate: input.tickRate ?? 60,
    sampling: input.sampling ?? { kind: 'onChange' },
    observation,
    action,
  };
  checkSpec(spec);
  return spec;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Throws `bad-spec` with the first fault found. */
export function checkSpec(spec: CharacterSpec): void {
  const fail = (message: string): never => {
    throw new ForesightError('bad-spec', `Spec "${spec.name}": ${message}`);
  };
  if (!(spec.tickRate > 0))
    fail(`tickRate is ${spec.tickRate}. Give the ticks per second, for example 60.`);
  if (spec.sampling.kind === 'everyTicks' && !isCount(spec.sampling.ticks))
    fail(
      `everyTicks needs a whole number of ticks of at least 1, not ${spec.sampling.ticks}. Try { kind: 'everyTicks', ticks: 6 }.`,
    );
  checkSizes(spec, fail);
  const unique = (names: readonly string[], what: string): void => {
    const seen = new Set<string>();
    for (const name of names) {
      if (!name) fail(`a ${what} has no name. Give each one a name.`);
      if (name.length > LIMITS.nameLength)
        fail(
          `the ${what} "${name.slice(0, 20)}…" has a name of ${name.length} characters. Give it at most ${LIMITS.nameLength}.`,
        );
      if (seen.has(name)) fail(`the ${what} "${name}" occurs twice. Give each one its own name.`);
      seen.add(name);
    }
  };
  unique(
    spec.observation.fields.map((field) => field.name),
    'observation field',
  );
  unique(spec.action.actions, 'action');
  if (spec.action.actions.length < 2)
    fail('it needs at least two actions. With one there is nothing to predict.');
  const actions = new Set(spec.action.actions);
  for (const choice of spec.action.choices ?? [])
    if (!actions.has(choice))
      fail(
        `the choice "${choice}" is not among its actions. Add it to actions or remove it from choices.`,
      );
  for (const field of spec.observation.fields) {
    if (field.kind === 'number' || field.kind === 'vector') {
      const { name, min = -Infinity, max = Infinity } = field;
      if ([field.min, field.max].some((end) => end && !isFinite(end)))
        fail(
          `the range of "${name}" is ${field.min} to ${field.max}. Leave min or max out where there is no limit.`,
        );
      if (!(min < max)) fail(`the range of "${name}" is empty (${min} to ${max}). Give min < max.`);
    }
    if (field.kind === 'category') {
      unique(field.categories, `category of "${field.name}"`);
      if (!field.categories.length) fail(`"${field.name}" has no categories. List them.`);
    }
  }
  unique(
    columnsOf(spec).map((column) => column.name),
    'column',
  );
}

/** Throws before anything is made for more names or columns than a spec may have. */
function checkSizes(
  { action, observation: { fields } }: CharacterSpec,
  fail: (message: string) => never,
): void {
  if (action.actions.length > LIMITS.actions)
    fail(`it has more than ${LIMITS.actions} actions. Merge the rare ones.`);
  let names = fields.length + action.actions.length + (action.choices?.length ?? 0);
  let columns = 0;
  for (const field of fields) {
    if (field.kind === 'vector' && !(isCount(field.length) && field.length <= LIMITS.vector))
      fail(
        `the vector "${field.name}" has the length ${field.length}. Give the number of its values, a whole number from 1 to ${LIMITS.vector}.`,
      );
    const categories = field.kind === 'category' ? field.categories.length : 0;
    if (categories > LIMITS.categories)
      fail(
        `"${field.name}" has more than ${LIMITS.categories} categories. Make it an id, or merge the rare ones.`,
      );
    names += categories;
    columns += field.kind === 'vector' ? field.length : 1;
  }
  if (columns > LIMITS.columns)
    fail(`its fields have ${columns} columns, more than ${LIMITS.columns}. Leave some out.`);
  if (names > LIMITS.names)
    fail(
      `it has ${names} names of fields, actions and categories, more than ${LIMITS.names}. Make large categories ids, or merge the rare ones.`,
    );
}

/** A short fingerprint of everything in a spec except its name. Data and models of equal hash fit together. */
export function specHash(spec: CharacterSpec): string {
  const { tickRate, sampling, observation, action } = spec;
  return hashText(
    canonicalJson({ tickRate, sampling, fields: observation.fields, actions: action.actions }),
  );
}

/** Describes the differences of two specs; empty when they fit together. */
export function specDifferences(ours: CharacterSpec, theirs: CharacterSpec): string[] {
  const differences: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (canonicalJson(a) !== canonicalJson(b))
      differences.push(`${what}: ${canonicalJson(a)} here, ${canonicalJson(b)} there`);
  };
  compare('tickRate', ours.tickRate, theirs.tickRate);
  compare('sampling', ours.sampling, theirs.sampling);
  const lists = (what: string, a: readonly string[], b: readonly string[]): boolean => {
    const missing = a.filter((name) => !b.includes(name));
    const extra = b.filter((name) => !a.includes(name));
    if (missing.length) differences.push(`${what} only here: ${missing.join(', ')}`);
    if (extra.length) differences.push(`${what} only there: ${extra.join(', ')}`);
    if (!missing.length && !extra.length && a.join() !== b.join())
      differences.push(`${what} in another order`);
    return !missing.length && !extra.length;
  };
  lists('actions', ours.action.actions, theirs.action.actions);
  const here = ours.observation.fields;
  const there = theirs.observation.fields;
  if (
    lists(
      'observation fields',
      here.map((f) => f.name),
      there.map((f) => f.name),
    )
  )
    for (const field of here)
      compare(
        `field "${field.name}"`,
        field,
        there.find((f) => f.name === field.name),
      );
  return differences;
}

/** Throws `spec-mismatch`, naming every difference and the fix, unless the two specs fit together. */
export function requireSameSpec(ours: CharacterSpec, theirs: CharacterSpec, what: string): void {
  if (specHash(ours) === specHash(theirs)) return;
  throw new ForesightError(
    'spec-mismatch',
    `${what} was made for another spec (${specDifferences(ours, theirs).join('; ')}). ` +
      'Use the spec it was made with, or record and train again with this one.',
  );
}
