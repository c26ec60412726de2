import { fitCategoryNgram, pairOf } from '../experts/category-ngram.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { SequencePredictor } from './sequence-predictor.ts';
import { simplePredictor } from './simple-predictor.ts';

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
    simplePredictor(frozen, model, { symbolOf }),
    simplePredictor(adaptive, model.clone(), { symbolOf, learns: true }),
  ];
}
