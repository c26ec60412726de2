/** Mean losses over the targets of a batch; all 0 when it has none. */
export interface NetworkLosses {
  /** Weighted sum of the three below and, while training, of the unaided action's. */
  readonly loss: number;
  readonly action: number;
  readonly time: number;
  readonly values: number;
  /** Sum of the mask, and of it where the most probable action was right. */
  readonly targets: number;
  readonly correct: number;
}
