/** What experts said at every step of an episode, each before it learned the step after it. */
export interface ExpertVotes {
  /** [steps, 2K] how much each knew of its context; features of the network. */
  readonly matches: Float32Array;
  /** [steps, K, A] their log-probabilities of the next action. */
  readonly logs: Float32Array;
  /** [steps, K, bins] those of the bin of the time until then; empty without bins. */
  readonly timeLogs: Float32Array;
}
