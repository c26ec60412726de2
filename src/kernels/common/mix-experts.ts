import type { NetworkShape } from '../../model/network-shape.ts';
import type { FloatArray } from '../../util/math.ts';

/** First feature column of the experts' matches: the last 2K features. */
export const matchColumn = ({ features, experts = 0 }: NetworkShape): number =>
  features - 2 * experts;

/** log(1 + e^x), without overflow: the weight of an expert whose gate is x. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Its derivative. */
export const sigmoid = (x: number): number => {
  const e = Math.exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
};

/**
 * Adds the experts' votes to the logits of one step: logits[a] += sum over k of w[k] * logs[k, a], a
 * product of experts (Hinton, "Training Products of Experts by Minimizing Contrastive Divergence",
 * Neural Computation 2002) with weights of its own at every step.
 *
 * @param weights [K], softplus of the gate
 * @param logs [K, A] log-probabilities
 */
export function addVotes(logits: FloatArray, weights: FloatArray, logs: FloatArray): void {
  const actions = logits.length;
  for (let k = 0; k < weights.length; k++)
    for (let a = 0; a < actions; a++) logits[a] += weights[k] * logs[k * actions + a];
}
