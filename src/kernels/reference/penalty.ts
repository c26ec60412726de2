import type { Parameter } from '../../network/graph.ts';
import type { FloatArray } from '../../util/math.ts';

export interface PenaltyOptions {
  readonly l1: number;
  readonly l2: number;
  /** Only those of kind `weight` are penalised. */
  readonly parameters: readonly Parameter[];
}

/**
 * Returns the penalty l1 * sum|w| + l2 * sum w^2 / 2 over the weight matrices and adds its gradient to
 * `gradient`. That of l1 is 0 where a weight is 0.
 */
export function addPenalty(
  weights: FloatArray,
  gradient: FloatArray,
  { l1, l2, parameters }: PenaltyOptions,
): number {
  if (!l1 && !l2) return 0;
  let absolute = 0;
  let squares = 0;
  for (const { kind, offset, length } of parameters) {
    if (kind !== 'weight') continue;
    for (let i = offset; i < offset + length; i++) {
      const weight = weights[i];
      absolute += Math.abs(weight);
      squares += weight * weight;
      gradient[i] += l1 * Math.sign(weight) + l2 * weight;
    }
  }
  return l1 * absolute + (l2 / 2) * squares;
}
