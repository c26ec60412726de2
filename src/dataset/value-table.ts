import type { LinearPath } from './linear-path.ts';

/**
 * Numbers of a `ValueSpread`: the mean absolute error of values that are no repeats; how often a value repeats the
 * last one after a repeat and after a change; the weight of each of 9 widths.
 */
export const SPREAD_SIZE = 12;

/** What a checkpoint knows of its continuous targets besides its network, in the order of `model.continuous`. */
export interface ValueTable {
  /** Absent where there are too many targets for one. */
  readonly linear?: LinearPath;
  /** [C] the smallest difference between two values of each, in its unit, > 0. */
  readonly resolutions: Float32Array;
  /** [C, SPREAD_SIZE] how the values of the training data were distributed, see `ValueSpread`; all above 0. */
  readonly spreads: Float32Array;
}
