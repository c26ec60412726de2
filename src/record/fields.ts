// Aliases instead of interfaces: a program that exports a spec writes its declarations with the fields
// spelled out, without having to name their types.

/** A measured quantity. `min` and `max` give its range where it is known, `unit` its unit. */
export type NumberField<N extends string = string> = {
  readonly kind: 'number';
  readonly name: N;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
};

export type BooleanField<N extends string = string> = {
  readonly kind: 'boolean';
  readonly name: N;
};

/** One of a fixed list of names; stored as the index into `categories`. */
export type CategoryField<N extends string = string, C extends string = string> = {
  readonly kind: 'category';
  readonly name: N;
  readonly categories: readonly C[];
};

/** A whole number >= 0 that only identifies something, such as a stage. Its vocabulary is learned from data. */
export type IdField<N extends string = string> = {
  readonly kind: 'id';
  readonly name: N;
};

/**
 * A fixed number of measured quantities of one kind, such as the ranges of a scan, an embedding or a
 * map of a board. `min`, `max` and `unit` are those of each number.
 */
export type VectorField<N extends string = string> = {
  readonly kind: 'vector';
  readonly name: N;
  readonly length: number;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
};

export type ObservationField = NumberField | BooleanField | CategoryField | IdField | VectorField;

/** The numbers of a vector: an array or a typed array of its length. Null or NaN where one is not known. */
export type VectorValue = ArrayLike<number | null>;

/** What a game writes into a field. */
export type ValueOf<F extends ObservationField> =
  F extends CategoryField<string, infer C>
    ? C
    : F extends BooleanField
      ? boolean
      : F extends VectorField
        ? VectorValue
        : number;

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
/** @param length how many numbers it has, 1 to 4096 */
export const vector = <const N extends string>(
  name: N,
  length: number,
  range: Omit<VectorField, 'kind' | 'name' | 'length'> = {},
): VectorField<N> => ({ kind: 'vector', name, length, ...range });
