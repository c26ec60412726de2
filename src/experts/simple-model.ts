import type { FloatArray } from '../util/math.ts';

/**
 * Predicts the next action from the steps so far. A history is `history[0 .. end)`, oldest step first; `end` is
 * its length unless given. Its symbols are actions, or pairs of an action and
 * a category (`pairOf`).
 */
export interface SimpleModel {
  /** Counts that the action `next` followed the history. */
  learn(history: ArrayLike<number>, next: number, end?: number): void;
  /** Writes the probabilities of the next action into `out` ([actions]) and returns it. None is zero. */
  probabilities(history: ArrayLike<number>, out: FloatArray, end?: number): FloatArray;
  /** Its guess, where that is not the most probable action. */
  guess?(history: ArrayLike<number>, end?: number): number | undefined;
  /** An independent copy. */
  clone(): SimpleModel;
}
