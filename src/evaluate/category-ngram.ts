import { ContextTree } from '../experts/context-tree.ts';
import { columnsOf } from '../record/columns.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode, Step } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** Names of the baselines that see observations. */
export const CATEGORY_BASELINES = ['ngram-category', 'ngram-category-adaptive'] as const;

/** What a context is made of: a category of the observation and the action of the last steps. */
interface Context {
  /** How many steps, the newest first. */
  readonly steps: number;
  /** Column of the category. */
  readonly column: number;
  /** Its values; a missing one is the number of them. */
  readonly values: number;
  /** Whether a step's action is kept longer than its category where the two were never seen together. */
  readonly actionFirst: boolean;
}

/** An n-gram model on the action and one category. */
class CategoryNgram {
  readonly context: Context;
  readonly #tree: ContextTree;
  readonly #symbols: Uint16Array;
  /** Symbols of the last steps, 2 of each; none before the first. */
  #depth = 0;

  constructor(context: Context, tree: ContextTree) {
    this.context = context;
    this.#tree = tree;
    this.#symbols = new Uint16Array(2 * context.steps);
  }

  /** An independent copy. */
  clone(): CategoryNgram {
    return new CategoryNgram(this.context, this.#tree.clone());
  }

  /** Begins an episode. */
  reset(): void {
    this.#depth = 0;
  }

  /** Probability of an action after the last steps. */
  probability(action: number): number {
    return this.#tree.probability(this.#symbols, this.#depth, action);
  }

  /** Counts that `action` followed the last steps. */
  learn(action: number): void {
    this.#tree.learn(this.#symbols, this.#depth, action);
  }

  /** Makes a step the newest one. */
  observe({ action, values }: Step): void {
    const { column, values: missing, actionFirst } = this.context;
    const value = values[column];
    this.#symbols.copyWithin(2, 0);
    this.#symbols[actionFirst ? 0 : 1] = action;
    this.#symbols[actionFirst ? 1 : 0] = Number.isFinite(value) ? value : missing;
    this.#depth = Math.min(this.#depth + 2, this.#symbols.length);
  }

  predict(out: Float64Array): void {
    this.#tree.predict(this.#symbols, this.#depth, out);
  }
}

/**
 * Baselines that see one category or yes/no field of the observation: n-gram models on the action and that
 * field in the last one to three steps, frozen and learning from every step across episodes. Field and number of
 * steps are those that tell most about the next action: with them the training steps, each predicted from those
 * before it, have the lowest log-loss. That estimates mutual information without favouring fields of many
 * values, as plain counts do.
 *
 * Empty for a spec without such fields, and without training data.
 */
export function categoryBaselines(
  spec: CharacterSpec,
  training: readonly Episode[],
): SequencePredictor[] {
  if (!training.some(({ length }) => length)) return [];
  const contexts = columnsOf(spec).flatMap((field, column): Context[] => {
    if (field.kind !== 'category' && field.kind !== 'boolean') return [];
    const values = field.kind === 'category' ? field.categories.length : 2;
    return [1, 2, 3].flatMap((steps) =>
      [true, false].map((actionFirst) => ({ steps, column, values, actionFirst })),
    );
  });
  let [best, lowest]: [CategoryNgram | null, number] = [null, Infinity];
  for (const context of contexts) {
    const actions = spec.action.actions.length;
    const fitted = new CategoryNgram(context, new ContextTree({ actions }));
    const loss = fit(fitted, training);
    if (loss < lowest) [best, lowest] = [fitted, loss];
  }
  if (!best) return [];
  const [frozen, adaptive] = CATEGORY_BASELINES;
  return [row(frozen, best, false), row(adaptive, best.clone(), true)];
}

/** Learns the episodes; returns the sum of the log-losses before each step was learned. */
function fit(model: CategoryNgram, episodes: readonly Episode[]): number {
  let loss = 0;
  for (const episode of episodes) {
    model.reset();
    for (let i = 0; i < episode.length; i++) {
      if (i) loss -= Math.log(model.probability(episode.actions[i]));
      model.learn(episode.actions[i]);
      model.observe(stepAt(episode, i));
    }
  }
  return loss;
}

function row(name: string, model: CategoryNgram, adaptive: boolean): SequencePredictor {
  return {
    name,
    reset: () => model.reset(),
    next(step, out) {
      if (adaptive) model.learn(step.action);
      model.observe(step);
      model.predict(out);
    },
  };
}
