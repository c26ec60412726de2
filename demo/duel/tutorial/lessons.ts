import { ATTACKS, canAct, distanceOf, intentFor, NO_INTENT } from '../rules/index.ts';
import type { DuelAction, DuelEvent, DuelState, Intent } from '../rules/index.ts';

/** What the tutorial teaches, in its order. */
export const SKILLS = ['strike', 'throw', 'block'] as const;

export type Skill = (typeof SKILLS)[number];

/** Successes that end a lesson. */
export const ENOUGH = 2;

/** Distances that the partner keeps, px. */
const FAR = 190;
const ARM = ATTACKS.throw.range - 4;
const STRIKING = ATTACKS.strike.range - 12;
/** Ticks between two attacks of the partner. */
const PAUSE = 45;

/** Three lessons with a partner that makes the one mistake which each skill punishes. */
export class Lessons {
  #skill = 0;
  #successes = 0;
  #wait = PAUSE;
  #isComing = true;

  /** The skill being taught; null when all were learned. */
  get skill(): Skill | null {
    return SKILLS[this.#skill] ?? null;
  }

  /** Successes in this lesson, less than ENOUGH. */
  get successes(): number {
    return this.#successes;
  }

  /** The partner's controls at a tick; the partner is on side 1. */
  partner(state: DuelState): Intent {
    if (state.phase !== 'fight' || !canAct(state.fighters[1])) return NO_INTENT;
    return intentFor(this.#choose(state), state, 1);
  }

  /** Counts a success; true when it was one. */
  event(event: DuelEvent): boolean {
    if (!this.#isSuccess(event)) return false;
    this.#isComing = false;
    if (++this.#successes < ENOUGH) return true;
    this.#skill++;
    this.#successes = 0;
    this.#wait = PAUSE;
    return true;
  }

  #isSuccess(event: DuelEvent): boolean {
    switch (this.skill) {
      case 'strike':
        return event.kind === 'hit' && event.attacker === 0;
      case 'throw':
        return event.kind === 'thrown' && event.attacker === 0;
      case 'block':
        return event.kind === 'blocked' && event.attacker === 1;
      default:
        return false;
    }
  }

  #choose(state: DuelState): DuelAction {
    const distance = distanceOf(state);
    switch (this.skill) {
      case 'strike':
        // Comes to throw, and walks away again after each try.
        if (!this.#isComing) {
          this.#isComing = distance >= FAR;
          return 'retreat';
        }
        if (distance > ARM) return 'advance';
        this.#isComing = false;
        return 'throw';
      case 'throw':
        return 'block';
      case 'block':
        if (distance > STRIKING) return 'advance';
        if (this.#wait-- > 0) return 'idle';
        this.#wait = PAUSE;
        return 'strike';
      default:
        return 'idle';
    }
  }
}
