import type { Head, HeadsNode } from './graph.ts';
import type { HeadLoss } from './heads.ts';
import type { LossOptions } from './operations.ts';

/** Mean losses over the targets of a batch; all 0 when it has none. */
export interface NetworkLosses {
  /**
   * Weighted sum of the three below; in training, also with the unaided head's loss, and summed over
   * both networks.
   */
  readonly loss: number;
  readonly action: number;
  readonly time: number;
  readonly values: number;
  /** Sum of the mask, and the part of it where the most probable action was right. */
  readonly targets: number;
  readonly correct: number;
}

/** No losses: those of a batch without targets. */
export const NO_LOSSES: NetworkLosses = {
  loss: 0,
  action: 0,
  time: 0,
  values: 0,
  targets: 0,
  correct: 0,
};

/** The losses of two networks trained together: the sum of `loss`, which is minimised; of the rest the mean. */
export function joinLosses(a: NetworkLosses, b: NetworkLosses): NetworkLosses {
  return {
    loss: a.loss + b.loss,
    action: (a.action + b.action) / 2,
    time: (a.time + b.time) / 2,
    values: (a.values + b.values) / 2,
    targets: a.targets,
    correct: (a.correct + b.correct) / 2,
  };
}

/** A head that has a loss. */
export type LossHead = Head & { readonly loss: HeadLoss };

export const lossHeads = ({ heads }: HeadsNode): LossHead[] =>
  heads.filter((head): head is LossHead => head.loss !== null);

/** Sums over the targets of one head: its loss and, for classes, the targets whose class was the most probable. */
export interface HeadSums {
  readonly loss: number;
  readonly correct: number;
}

/**
 * The losses of a heads node from those of its heads, which `sumsOf` computes one after the other; `scale` is
 * what it multiplies the head's gradient by.
 */
export function addHeads(
  node: HeadsNode,
  { lossWeights, targets }: LossOptions,
  sumsOf: (head: LossHead, scale: number, index: number) => HeadSums,
): NetworkLosses {
  const mean = 1 / (targets || 1);
  const found = { ...NO_LOSSES, targets };
  for (const [index, head] of lossHeads(node).entries()) {
    const { name } = head.loss;
    const sums = sumsOf(head, lossWeights[name] * mean, index);
    const loss = sums.loss * mean;
    if (name !== 'unaided') found[name] = loss;
    if (name === 'action') found.correct = sums.correct;
    found.loss += lossWeights[name] * loss;
  }
  return found;
}
