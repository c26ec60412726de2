import { columnsOf } from '../record/columns.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode, Step } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { NgramModel } from './ngram.ts';

/** What an n-gram model that sees a category has in its contexts. Plain JSON. */
export interface CategoryContext {
  /** Name of a category or yes/no field. */
  readonly field: string;
  /** How many steps, 1 to `MOST_STEPS`. */
  readonly steps: number;
  /** See `NgramOptions.category`. */
  readonly kept: 'action-first' | 'category-first';
}

/** Steps that a context looks back on at most. */
export const MOST_STEPS = 3;

/** Values of each category and yes/no field of a spec, by name. A missing value counts as one more. */
export function categoriesOf(spec: CharacterSpec): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const field of columnsOf(spec))
    if (field.kind === 'category') sizes.set(field.name, field.categories.length);
    else if (field.kind === 'boolean') sizes.set(field.name, 2);
  return sizes;
}

/** The number of different pairs of an action and a value of the field, which may be missing. */
export const pairSymbols = (spec: CharacterSpec, field: string): number =>
  spec.action.actions.length * ((categoriesOf(spec).get(field) ?? 0) + 1);

/** Makes one number of a step, for the histories of simple models: its action, or pair of action and category. */
export type SymbolOf = (step: Step) => number;

/** Makes pairs: action + number of actions * value of the field. */
export function pairOf(spec: CharacterSpec, field: string): SymbolOf {
  const actions = spec.action.actions.length;
  const column = columnsOf(spec).findIndex(({ name }) => name === field);
  const missing = pairSymbols(spec, field) - actions;
  return ({ action, values }) => {
    const value = values[column];
    return action + (Number.isFinite(value) ? actions * value : missing);
  };
}

/** The symbols of an episode. */
export const symbolsOf = (episode: Episode, symbolOf: SymbolOf): Uint32Array =>
  Uint32Array.from({ length: episode.length }, (_, i) => symbolOf(stepAt(episode, i)));

/** An n-gram model that has learned nothing yet. Its histories are of pairs (`pairOf`). */
export const createCategoryNgram = (
  spec: CharacterSpec,
  { steps, kept }: CategoryContext,
): NgramModel =>
  new NgramModel({ order: steps, actions: spec.action.actions.length, category: kept });

/** A model and what it sees. */
export interface FittedCategory {
  readonly context: CategoryContext;
  readonly model: NgramModel;
}

/**
 * The model whose category and number of steps predict the next action best, fitted on the episodes: with them
 * the steps, each predicted from those before it, have the lowest log-loss. That estimates mutual information
 * without favouring fields of many values, as plain counts do. Null for a spec without such fields, and without
 * steps.
 */
export function fitCategoryNgram(
  spec: CharacterSpec,
  episodes: readonly Episode[],
): FittedCategory | null {
  if (!episodes.some(({ length }) => length)) return null;
  let [best, lowest]: [FittedCategory | null, number] = [null, Infinity];
  for (const field of categoriesOf(spec).keys()) {
    const symbolOf = pairOf(spec, field);
    const sequences = episodes.map((episode) => symbolsOf(episode, symbolOf));
    for (let steps = 1; steps <= MOST_STEPS; steps++)
      for (const kept of ['action-first', 'category-first'] as const) {
        const context = { field, steps, kept };
        const model = createCategoryNgram(spec, context);
        const loss = fit(model, sequences);
        if (loss < lowest) [best, lowest] = [{ context, model }, loss];
      }
  }
  return best;
}

/** Learns sequences of pairs; returns the sum of the log-losses before each step was learned. */
function fit(model: NgramModel, sequences: readonly Uint32Array[]): number {
  let loss = 0;
  for (const pairs of sequences)
    for (let i = 0; i < pairs.length; i++) {
      const next = pairs[i] % model.actions;
      if (i) loss -= Math.log(model.probability(pairs, next, i));
      model.learn(pairs, next, i);
    }
  return loss;
}
