import type { DuelAction, Fighter } from './rules/index.ts';

/** Standing and walking count as an action only when they last this long, in ticks. */
export const SETTLE_TICKS = 6;

const PASSING: ReadonlySet<DuelAction> = new Set(['idle', 'advance', 'retreat']);

/**
 * Detects when a fighter begins an action worth recording. Between two attacks every fighter stands
 * for a moment, which is not a decision. So standing and walking count only after `SETTLE_TICKS`, and
 * only when they differ from the last counted action.
 */
export class ActionWatcher {
  #seen = -1;
  #last: DuelAction | null = null;

  /** Call at every tick. The action to record now, or null. */
  watch(fighter: Fighter): DuelAction | null {
    if (fighter.actionId === this.#seen) return null;
    const passing = PASSING.has(fighter.action);
    if (passing && fighter.since < SETTLE_TICKS) return null;
    this.#seen = fighter.actionId;
    if (passing && fighter.action === this.#last) return null;
    this.#last = fighter.action;
    return fighter.action;
  }

  /** A round begins. */
  reset(): void {
    this.#seen = -1;
    this.#last = null;
  }
}
