import { CounterController } from '../../src/core.ts';
import type { Prediction, Rng } from '../../src/core.ts';
import {
  ATTACKS,
  DUEL_ACTIONS,
  NO_INTENT,
  STAGE,
  canAct,
  distanceOf,
  duelPayoff,
  intentFor,
  isAirborne,
  otherSide,
} from '../rules/index.ts';
import type { DuelAction, DuelChoice, DuelState, Intent, Side } from '../rules/index.ts';

export interface DuelNpcOptions {
  readonly side: Side;
  readonly rng: Rng;
  /** Ticks between what happens and what it can know of it; people need 12 to 15. */
  readonly reactionTicks?: number;
  /** How far it believes predictions, 0 to 1; 0 plays the equilibrium of the payoff table. */
  readonly trust?: number;
}

export const DUEL_NPC_DEFAULTS = { reactionTicks: 13, trust: 1 } as const;

/** Distance, px, up to which the payoff table for arm's length applies. */
const CLOSE = 78;
/** How long it holds what is held, in ticks. */
const HOLD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 20,
  advance: 12,
  retreat: 14,
  idle: 10,
};

/** What it remembers of a tick, to look at it a reaction time later. */
interface Glimpse {
  readonly action: DuelAction;
  readonly airborne: boolean;
  readonly fireball: number;
}

/**
 * The NPC of the duel: sees everything a reaction time late, guards itself against what it sees
 * coming, and otherwise plays the reply that gains most against what the player will probably do.
 * Without predictions it is the same NPC with the equilibrium in place of the best reply.
 */
export class DuelNpc {
  readonly #side: Side;
  readonly #reactionTicks: number;
  readonly #close: CounterController;
  readonly #far: CounterController;
  readonly #glimpses: Glimpse[] = [];
  readonly #rng: Rng;
  #plan: DuelChoice = 'idle';
  #left = 0;

  constructor(options: DuelNpcOptions) {
    const { side, rng, reactionTicks, trust } = { ...DUEL_NPC_DEFAULTS, ...options };
    const { close, far } = duelPayoff();
    const common = { actions: DUEL_ACTIONS, rng, reactionTicks, trust, maxAgeTicks: 90 };
    this.#side = side;
    this.#rng = rng;
    this.#reactionTicks = reactionTicks;
    this.#close = new CounterController({ ...common, payoff: close });
    this.#far = new CounterController({ ...common, payoff: far });
  }

  /** The controls for this tick. `prediction` is the newest about the player, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    const { tick } = state;
    this.#close.see(prediction);
    this.#far.see(prediction);
    const seen = this.#look(state);
    if (state.phase !== 'fight') return NO_INTENT;
    const self = state.fighters[this.#side];
    if (isAirborne(self)) return this.#inAir(state);
    if (!canAct(self)) return NO_INTENT;
    const reflex = this.#reflex(state, seen);
    if (reflex) {
      this.#plan = reflex;
      this.#left = reflex === 'block' ? 4 : 0;
    } else if (--this.#left <= 0) {
      const controller = distanceOf(state) <= CLOSE ? this.#close : this.#far;
      const reply = controller.decide({ tick, prediction }) as DuelChoice | null;
      this.#plan = this.#approachInstead(reply ?? 'advance', state);
      this.#left = (HOLD[this.#plan] ?? 1) + this.#rng.int(4);
    }
    return intentFor(this.#plan, state, this.#side);
  }

  /** A round begins. */
  reset(): void {
    this.#glimpses.length = 0;
    this.#close.reset();
    this.#far.reset();
    this.#left = 0;
  }

  /** Takes in this tick and gives back what it may know of by now. */
  #look(state: DuelState): Glimpse {
    const player = state.fighters[otherSide(this.#side)];
    const self = state.fighters[this.#side];
    const coming = state.fireballs.filter((ball) => ball.owner !== this.#side);
    this.#glimpses.push({
      action: player.action,
      airborne: isAirborne(player),
      fireball: Math.min(STAGE.width, ...coming.map((ball) => Math.abs(ball.x - self.x))),
    });
    if (this.#glimpses.length > this.#reactionTicks + 1) this.#glimpses.shift();
    return this.#glimpses[0];
  }

  /** What anyone does who sees it coming: meet a jump, guard against a fireball. */
  #reflex(state: DuelState, seen: Glimpse): DuelChoice | null {
    const player = state.fighters[otherSide(this.#side)];
    const distance = distanceOf(state);
    if (seen.airborne && isAirborne(player) && distance < ATTACKS.strike.range + 30)
      return player.rise < -5 && distance < ATTACKS.strike.range ? 'strike' : 'block';
    if (seen.fireball < 230 && seen.fireball > 60) return 'block';
    return null;
  }

  /** From afar, standing still wins nothing: now and then it walks in. */
  #approachInstead(reply: DuelChoice, state: DuelState): DuelChoice {
    const distance = distanceOf(state);
    if (distance <= CLOSE) return reply;
    const nearly = distance < 150;
    return this.#rng.next() < (nearly ? 0.75 : 0.4) ? 'advance' : reply;
  }

  #inAir(state: DuelState): Intent {
    const self = state.fighters[this.#side];
    const near = distanceOf(state) < ATTACKS['air-strike'].range;
    return self.rise < 0 && near && self.action === 'jump'
      ? intentFor('air-strike', state, this.#side)
      : NO_INTENT;
  }
}
