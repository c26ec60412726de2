import type { Prediction } from '../predict/prediction.ts';
import { ForesightError } from '../util/error.ts';

export interface PredictedSharesOptions {
  /** Actions that the prediction must be about. */
  readonly actions: readonly string[];
  /** Where the payoff table's actions sit among them. */
  readonly indices: readonly number[];
}

/**
 * Fills `out` with what a prediction gives to the actions of a payoff table alone, made to sum to 1,
 * and returns the probability it gives to all of them together; `out` is as it was when that is 0.
 * Throws `spec-mismatch` for a prediction about another number of actions.
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
