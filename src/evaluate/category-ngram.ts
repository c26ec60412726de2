import { fitCategoryNgram, MOST_STEPS, pairOf } from '../experts/category-ngram.ts';
import type { SymbolOf } from '../experts/category-ngram.ts';
import type { NgramModel } from '../experts/ngram.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** Names of the baselines that see observations. */
export const CATEGORY_BASELINES = ['ngram-category', 'ngram-category-adaptive'] as const;

/**
 * Baselines that see one category or yes/no field of the observation: n-gram models on the action and that
 * field in the last one to three steps, frozen and learning from every step across episodes. Field and number of
 * steps are those that tell most about the next action, see `fitCategoryNgram`.
 *
 * Empty for a spec without such fields, and without training data.
 */
export function categoryBaselines(
  spec: CharacterSpec,
  training: readonly Episode[],
): SequencePredictor[] {
  const best = fitCategoryNgram(spec, training);
  if (!best) return [];
  const { context, model } = best;
  const [frozen, adaptive] = CATEGORY_BASELINES;
  const symbolOf = pairOf(spec, context.field);
  return [
    row(frozen, { model, symbolOf, learns: false }),
    row(adaptive, { model: model.clone(), symbolOf, learns: true }),
  ];
}

interface Row {
  readonly model: NgramModel;
  readonly symbolOf: SymbolOf;
  readonly learns: boolean;
}

function row(name: string, { model, symbolOf, learns }: Row): SequencePredictor {
  let history: number[] = [];
  return {
    name,
    reset() {
      history = [];
    },
    next(step, out) {
      if (learns) model.learn(history, step.action);
      if (history.length === MOST_STEPS) history.shift();
      history.push(symbolOf(step));
      model.probabilities(history, out);
    },
  };
}
