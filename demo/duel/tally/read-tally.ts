import type { DuelAction, DuelChoice } from '../rules/index.ts';

/** A choice that the NPC made because of a prediction. */
export interface Read {
  /** Tick of the newest step known to the prediction, which is about the next one. */
  readonly madeAt: number;
  /** The expected action and its probability, in [0, 1]. */
  readonly expected: DuelAction;
  readonly probability: number;
  /** The NPC's reply. */
  readonly reply: DuelChoice;
}

/** Counts how many of the predictions that the NPC acted on came true. */
export class ReadTally {
  #acted = 0;
  #right = 0;

  /** Predictions acted on that are decided. */
  get acted(): number {
    return this.#acted;
  }

  /** How many of them came true. */
  get right(): number {
    return this.#right;
  }

  /**
   * Judges the newest read by the action that the player began.
   *
   * @param madeAt tick of the newest prediction before the action; null = there was none
   * @returns whether the NPC had acted on that prediction, and it came true
   */
  judge(read: Read | null, madeAt: number | null, action: DuelAction): boolean {
    if (!read || read.madeAt !== madeAt) return false;
    this.#acted++;
    const isRight = read.expected === action;
    this.#right += Number(isRight);
    return isRight;
  }
}
