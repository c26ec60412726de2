import type { FloatArray } from '../util/math.ts';

export interface FixedShareOptions {
  /** How far each predictor is trusted before anything is known; they sum to 1. */
  readonly prior: readonly number[];
  /** Share of the trust that goes back to the prior at every step, in (0, 1). */
  readonly share: number;
}

/** Probabilities count as at least this much, so that trust never divides by zero. */
const LEAST = 1e-100;

/**
 * Mixes predictors by how well they did: each one's trust is multiplied by the probability it gave to
 * what came, and a small share returns to the prior, so that another one can take over within a few
 * steps when habits change (Herbster and Warmuth, "Tracking the Best Expert", Machine Learning 32,
 * 1998; with log-loss it is never far behind the best sequence of predictors).
 */
export class FixedShare {
  /** [predictors] trust in each; sums to 1. Changed by `learn`. */
  readonly trust: Float64Array;
  readonly #prior: readonly number[];
  readonly #share: number;

  constructor({ prior, share }: FixedShareOptions) {
    this.#prior = prior;
    this.#share = share;
    this.trust = Float64Array.from(prior);
  }

  /** Writes the mixture of the predictors' probabilities, [A] each, into `out`. */
  mix(predictors: readonly FloatArray[], out: FloatArray): FloatArray {
    for (let a = 0; a < out.length; a++) {
      let sum = 0;
      for (let i = 0; i < predictors.length; i++) sum += this.trust[i] * predictors[i][a];
      out[a] = sum;
    }
    return out;
  }

  /** Learns the action that came, given the probabilities that the predictors gave to each. */
  learn(predictors: readonly FloatArray[], action: number): void {
    let sum = 0;
    for (let i = 0; i < predictors.length; i++)
      sum += this.trust[i] *= Math.max(predictors[i][action], LEAST);
    for (let i = 0; i < predictors.length; i++)
      this.trust[i] = ((1 - this.#share) * this.trust[i]) / sum + this.#share * this.#prior[i];
  }
}
