/**
 * Examples for one weight update: B windows of T steps, each step a target. Row-major, index
 * (b * T + t). Positions whose mask is 0 are padding, a warm-up step, or an episode's last step;
 * they hold zeros and do not count.
 */
export interface Batch {
  /** B. */
  readonly batchSize: number;
  /** T. */
  readonly windowLength: number;
  /** F. */
  readonly featureCount: number;
  /** C; 0 without continuous targets. */
  readonly valueCount: number;
  /** [B, T, F] encoded steps. */
  readonly features: Float32Array;
  /** [B, T] action index of the next step. */
  readonly actions: Int32Array;
  /** [B, T] bin of the ticks until the next step (EncoderStatistics.timeEdges). */
  readonly timeBins: Int32Array;
  /** [B, T, C] next values of the continuous targets, normalised; NaN where not known. */
  readonly values: Float32Array;
  /** [B, T] 1 where the step has a target, else 0. */
  readonly mask: Float32Array;
  /** [B, T, K, A] log-probabilities of the experts, for networks that use experts. */
  readonly experts?: Float32Array;
  /** [B, T, K, bins] log-probabilities of the experts for the bins of time. */
  readonly timeExperts?: Float32Array;
  /**
   * [B, T, A] distributions of the next action that replace `actions` as targets, sum 1 where there is
   * a target; `actions` still decides which guess is correct.
   */
  readonly softActions?: Float32Array;
}
