import { ForesightError } from '../util/error.ts';
import { canonicalJson, hashText } from '../util/hash.ts';

/** A measured quantity. `min` and `max` give its range where it is known, `unit` its unit. */
export interface NumberField<N extends string = string> {
  readonly kind: 'number';
  readonly name: N;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

export interface BooleanField<N extends string = string> {
  readonly kind: 'boolean';
  readonly name: N;
}

/** One of a fixed list of names; stored as the index into `categories`. */
export interface CategoryField<N extends string = string, C extends string = string> {
  readonly kind: 'category';
  readonly name: N;
  readonly categories: readonly C[];
}

/** A whole number >= 0 that only identifies something, such as a stage. Its vocabulary is learned from data. */
export interface IdField<N extends string = string> {
  readonly kind: 'id';
  readonly name: N;
}

export type ObservationField = NumberField | BooleanField | CategoryField | IdField;

/** The fields that the model sees at a tick. Their order is the order of an episode's columns. */
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

/** What a game writes into a field. */
type ValueOf<F extends ObservationField> =
  F extends CategoryField<string, infer C> ? C : F extends BooleanField ? boolean : number;

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

export const number = <const N extends string>(
  name: N,
  range: Omit<NumberField, 'kind' | 'name'> = {},
): NumberField<N> => ({ kind: 'number', name, ...range });
export const boolean = <const N extends string>(name: N): BooleanField<N> => ({
  kind: 'boolean',
  name,
});
export const category = <const N extends string, const C extends string>(
  name: N,
  categories: readonly C[],
): CategoryField<N, C> => ({ kind: 'category', name, categories });
export const id = <const N extends string>(name: N): IdField<N> => ({ kind: 'id', name });

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

/** Throws `bad-spec` with the first fault found. */
export function checkSpec(spec: CharacterSpec): void {
  const fail = (message: string): never => {
    throw new ForesightError('bad-spec', `Spec "${spec.name}": ${message}`);
  };
  if (!(spec.tickRate > 0))
    fail(`tickRate is ${spec.tickRate}. Give the ticks per second, for example 60.`);
  if (
    spec.sampling.kind === 'everyTicks' &&
    !(Number.isInteger(spec.sampling.ticks) && spec.sampling.ticks > 0)
  )
    fail(
      `everyTicks needs a whole number of ticks of at least 1, not ${spec.sampling.ticks}. Try { kind: 'everyTicks', ticks: 6 }.`,
    );
  const unique = (names: readonly string[], what: string): void => {
    const seen = new Set<string>();
    for (const name of names) {
      if (!name) fail(`a ${what} has no name. Give each one a name.`);
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
  if (spec.action.actions.length > 65535)
    fail('it has more than 65535 actions. Merge the rare ones.');
  for (const choice of spec.action.choices ?? [])
    if (!spec.action.actions.includes(choice))
      fail(
        `the choice "${choice}" is not among its actions. Add it to actions or remove it from choices.`,
      );
  for (const field of spec.observation.fields) {
    if (field.kind === 'number' && [field.min, field.max].some((end) => end && !isFinite(end)))
      fail(
        `the range of "${field.name}" is ${field.min} to ${field.max}. Leave min or max out where there is no limit.`,
      );
    if (field.kind === 'number' && !((field.min ?? -Infinity) < (field.max ?? Infinity)))
      fail(`the range of "${field.name}" is empty (${field.min} to ${field.max}). Give min < max.`);
    if (field.kind === 'category') {
      unique(field.categories, `category of "${field.name}"`);
      if (!field.categories.length) fail(`"${field.name}" has no categories. List them.`);
    }
  }
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
