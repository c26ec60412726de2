/** How one column of an episode becomes features. Fitted on the training split only. */
export type FieldStatistics =
  | {
      readonly kind: 'number';
      readonly name: string;
      /** Subtracted, then divided by `scale`, after clipping to [low, high]. */
      readonly mean: number;
      readonly scale: number;
      /** Robust range: values outside are outliers and are clipped to it. */
      readonly low: number;
      readonly high: number;
      /** Replaces a missing value when the episode has no earlier one. */
      readonly fill: number;
      /**
       * Deviation of its changes from step to step, by which they are divided. Present only for
       * fields whose changes a network predicts.
       */
      readonly changeScale?: number;
      /** Knots of its piecewise encoding, ascending; absent where it has none. */
      readonly knots?: readonly number[];
      /** Knots for its change since the last known value. */
      readonly changeKnots?: readonly number[];
      /** Knots for its product with field `by`, the way the character faces; see `facingFields`. */
      readonly turned?: { readonly by: number; readonly knots: readonly number[] };
    }
  | { readonly kind: 'boolean'; readonly name: string; readonly fill: number }
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly size: number;
      readonly fill: number;
      /** Categories that are encoded as nothing: all zeros. */
      readonly silent?: readonly number[];
    }
  /** `vocabulary` lists the known ids; any other is the last, "unknown" place. */
  | { readonly kind: 'id'; readonly name: string; readonly vocabulary: readonly number[] };

/** All that is needed to encode steps the same way in training and in play. Plain JSON. */
export interface EncoderStatistics {
  /** One for each column (`columnsOf`): each number of a vector has its own. */
  readonly fields: readonly FieldStatistics[];
  /** log(1 + ticks since the previous step): subtracted, then divided. */
  readonly duration: { readonly mean: number; readonly scale: number };
  /**
   * Upper edges, in ticks, of the bins of time to the next action, ascending; a last bin without
   * an upper edge follows. A duration d falls in the first bin whose edge is >= d.
   */
  readonly timeEdges: readonly number[];
  /** Number of steps with each action in the training split, by action index. */
  readonly actionCounts: readonly number[];
  /**
   * [actions][timeEdges.length + 1] how often the time to the next action fell in each bin, by the
   * action before it. Predictions of time are compared with it; absent without edges and in older files.
   */
  readonly timeCounts?: readonly (readonly number[])[];
}

/** Adjacent feature columns of one source. */
export interface FeatureBlock {
  /** Name of the observation field, which may be a vector, or "action" / "duration" for the two that every spec has. */
  readonly name: string;
  /** `oneHot` blocks hold a single 1 and may be replaced by an embedding. */
  readonly kind: 'scalar' | 'oneHot';
  readonly offset: number;
  readonly width: number;
}

/** The columns of each source in a row of features. */
export interface FeatureLayout {
  readonly width: number;
  readonly blocks: readonly FeatureBlock[];
}
