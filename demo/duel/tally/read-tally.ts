import type { DuelAction, DuelChoice } from '../rules/index.ts';

/** A choice that the NPC made because of a prediction. */
export interface Read {
  /** Tick of the step that the prediction was made from: it is about the next step. */
  readonly madeAt: number;
  /** What it expected, and how surely, in [0, 1]. */
  readonly expected: DuelAction;
  readonly probability: number;
  /** What it did about it. */
  readonly reply: DuelChoice;
}

/** Counts how many of the predictions that the NPC acted on came true. */
export class ReadTally {
  #acted = 0;
  #right = 0;

  /** Predictions acted on, whose answer has come. */
  get acted(): number {
    return this.#acted;
  }

  /** Those of them that came true. */
  get right(): number {
    return this.#right;
  }

  /**
   * The player began an action.
   *
   * @param madeAt tick of the newest prediction about him, made before it; null = there was none
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
