/** What a character will probably do next. Made when a step was observed; check its age before use. */
export interface Prediction<A extends string = string> {
  /** Tick of the step this was made from. */
  readonly tick: number;
  /** Steps seen in this episode so far, >= 1. */
  readonly steps: number;
  /** Most probable next action, its index and probability. */
  readonly action: A;
  readonly actionIndex: number;
  readonly probability: number;
  /** [actions] probabilities that sum to 1, in the order of the spec. */
  readonly probabilities: Float32Array;
  /** Shannon entropy of `probabilities`, nats; 0 = certain. */
  readonly entropy: number;
  /** Median ticks from `tick` to the next action; NaN without a time head. */
  readonly inTicks: number;
  /** [timeBins] probabilities of the bins of `EncoderStatistics.timeEdges`; empty without a time head. */
  readonly timeProbabilities: Float32Array;
  /** Predicted next values of the continuous targets by field name, in the field's unit. */
  readonly values: Readonly<Record<string, number>>;
  /** The usual errors of `values` (root mean square), in the same units; empty where they were not measured. */
  readonly deviations: Readonly<Record<string, number>>;
}
