/**
 * Numbers that show how far to trust an expert at a step: depth of the context it found, logarithm of
 * its count, and how well it did recently.
 */
export const MATCHES = 3;

/** The experts' votes at every step of an episode, each made before the next step was learned. */
export interface ExpertVotes {
  /** [steps, MATCHES * K] how far to trust each; features of the network. */
  readonly matches: Float32Array;
  /** [steps, K, A] their log-probabilities of the next action. */
  readonly logs: Float32Array;
  /** [steps, K, bins] those of the bin of the time until then; empty without bins. */
  readonly timeLogs: Float32Array;
}

/** A copy of votes whose arrays are overwritten by the next step. */
export const copyVotes = ({ matches, logs, timeLogs }: ExpertVotes): ExpertVotes => ({
  matches: matches.slice(),
  logs: logs.slice(),
  timeLogs: timeLogs.slice(),
});
