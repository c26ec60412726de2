import type { Prediction } from '../predict/prediction.ts';
import { ForesightError } from '../util/error.ts';

export interface PredictedSharesOptions {
  /** All actions of the other character, in the order of the prediction. */
  readonly actions: readonly string[];
  /** Indices of the payoff table's actions among them. */
  readonly indices: readonly number[];
}

/**
 * Fills `out` with the predicted probabilities of the actions of a payoff table, scaled to sum to 1.
 * Returns their sum before scaling; when that is 0, `out` is unchanged. Throws `spec-mismatch` for a
 * prediction about another number of actions.
 */
export function predictedShares(
  prediction: Prediction,
  { actions, indices }: PredictedSharesOptions,
  out: Float64Array,
): number {
  const { probabilities } = prediction;
  if (probabilities.length !== actions.length)
    throw new ForesightError(
      'spec-mismatch',
      `The prediction is about ${probabilities.length} actions, but the controller was made for ${actions.length}. Give it the actions of the character it plays against.`,
    );
  let mass = 0;
  for (const index of indices) mass += probabilities[index];
  if (mass > 0) for (let a = 0; a < out.length; a++) out[a] = probabilities[indices[a]] / mass;
  return mass;
}
