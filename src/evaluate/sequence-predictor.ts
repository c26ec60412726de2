import type { EpisodeHeader, Step } from '../record/episode.ts';

/**
 * Anything that predicts the next action from the steps so far; one row of a report. It is given
 * the steps one by one and never sees the episode, so it cannot look ahead.
 */
export interface SequencePredictor {
  readonly name: string;
  /**
   * Begins an episode: forgets the steps before (what was learned stays).
   *
   * @param next session and character of the episode: a new session means that the one before is
   *   over; a new character, that what is known of the player no longer applies
   */
  reset(next?: Pick<EpisodeHeader, 'session' | 'character'>): void;
  /**
   * Adds the episode's next step and writes the probabilities of the action after it into `out`
   * ([actions], sum 1). May return its guess, where that is not the most probable action.
   *
   * Called for every step of an episode, including the last. When a step arrives, the prediction of
   * its action has been scored already, so an adaptive predictor may learn from it here.
   */
  next(step: Step, out: Float64Array): number | void;
  /**
   * After `next`: probabilities of the bins of the time to the next action. Empty or absent for
   * predictors that do not predict time.
   */
  readonly timeProbabilities?: ArrayLike<number>;
}
