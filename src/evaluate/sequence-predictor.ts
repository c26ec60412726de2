import type { EpisodeHeader, Step } from '../record/episode.ts';

/**
 * Anything that predicts the next action from the steps so far; one row of a report. It is handed
 * the steps one by one and never sees the episode, so it cannot look ahead.
 */
export interface SequencePredictor {
  readonly name: string;
  /**
   * An episode begins: forgets the steps before (what was learned stays).
   *
   * @param next whose it is: another session than before means that the one before is over, another
   *   character that what is known of the player does not count
   */
  reset(next?: Pick<EpisodeHeader, 'session' | 'character'>): void;
  /**
   * Takes the episode's next step in and writes the probabilities of the action after it into
   * `out` ([actions], sum 1). May return its guess, where that is not the most probable action.
   *
   * Called for every step of an episode, the last one too. When a step arrives, the prediction made
   * of its action has been scored: a predictor that learns as it goes learns from it here.
   */
  next(step: Step, out: Float64Array): number | void;
  /**
   * For those that predict when, too: after `next`, the probabilities of the bins of the time to the
   * next action. Empty or absent for those that do not.
   */
  readonly timeProbabilities?: ArrayLike<number>;
}
