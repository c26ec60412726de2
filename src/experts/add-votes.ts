import type { FloatArray } from '../util/math.ts';

/**
 * Adds the experts' votes to the logits of one step: logits[a] += sum over k of w[k] * logs[k, a], a
 * product of experts (Hinton, "Training Products of Experts by Minimizing Contrastive Divergence",
 * Neural Computation 2002) with weights of its own at every step.
 *
 * @param weights [K], >= 0, by the network's gate
 * @param logs [K, A] log-probabilities
 */
export function addVotes(logits: FloatArray, weights: FloatArray, logs: FloatArray): void {
  const actions = logits.length;
  for (let k = 0; k < weights.length; k++)
    for (let a = 0; a < actions; a++) logits[a] += weights[k] * logs[k * actions + a];
}
