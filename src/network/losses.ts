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
