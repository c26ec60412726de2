import { createRng } from '../../src/core.ts';
import type { Prediction, Rng } from '../../src/core.ts';
import { canAct, followUp, intentFor, isAirborne, NO_INTENT } from '../rules/index.ts';
import type { DuelChoice, DuelState, Intent, Side } from '../rules/index.ts';
import { ReplyBook } from './reply-book.ts';

export interface DuelNpcOptions {
  readonly side: Side;
  readonly rng: Rng;
  /** Ticks between what happens and what it can know of it; people need 12 to 15. */
  readonly reactionTicks?: number;
  /** How far it believes predictions, 0 to 1; 0 plays the equilibrium of the payoff table. */
  readonly trust?: number;
}

export const DUEL_NPC_DEFAULTS = { reactionTicks: 13, trust: 1 } as const;

/** How long it holds what is held, in ticks. */
const HOLD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 18,
  advance: 10,
  retreat: 12,
  idle: 8,
};

/**
 * The NPC of the duel: guards itself, as anyone would, against what it sees a reaction time late,
 * and otherwise plays the reply that gains most against what the player will probably do, and when.
 * Without predictions it is the same NPC with the equilibrium in place of the best reply.
 */
export class DuelNpc {
  readonly #side: Side;
  readonly #book: ReplyBook;
  readonly #rng: Rng;
  #plan: DuelChoice = 'idle';
  #left = 0;

  constructor(options: DuelNpcOptions) {
    const { side, rng, reactionTicks, trust } = { ...DUEL_NPC_DEFAULTS, ...options };
    this.#side = side;
    this.#rng = createRng(rng.int(2 ** 31));
    this.#book = new ReplyBook({ rng, reactionTicks, trust });
  }

  /** The controls for this tick. `prediction` is the newest about the player, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    this.#book.see(prediction);
    if (state.phase !== 'fight') return NO_INTENT;
    const self = state.fighters[this.#side];
    const reflex = followUp(state, this.#side);
    if (isAirborne(self)) return reflex;
    if (!canAct(self)) return NO_INTENT;
    if (Object.values(reflex).some((pressed) => pressed)) {
      this.#left = 0;
      return reflex;
    }
    if (--this.#left <= 0) {
      this.#plan = this.#book.reply(state, prediction);
      this.#left = (HOLD[this.#plan] ?? 1) + this.#rng.int(4);
    }
    return intentFor(this.#plan, state, this.#side);
  }

  /** A round begins. */
  reset(): void {
    this.#book.reset();
    this.#left = 0;
  }
}
