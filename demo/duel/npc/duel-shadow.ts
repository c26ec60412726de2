import { ImitationController } from '../../../src/core.ts';
import type { Prediction, Rng } from '../../../src/core.ts';
import { SETTLE_TICKS } from '../action-watcher.ts';
import {
  canAct,
  DUEL_ACTIONS,
  DUEL_CHOICES,
  hasFireball,
  intentFor,
  isAirborne,
  NO_INTENT,
} from '../rules/index.ts';
import type { DuelChoice, DuelState, Fighter, Intent, Side } from '../rules/index.ts';

export interface DuelShadowOptions {
  readonly side: Side;
  readonly rng: Rng;
  /** Upper edges of the model's time bins, ticks. */
  readonly timeEdges: readonly number[];
  /** What the player's rounds began with. */
  readonly openings?: readonly DuelChoice[];
}

/** What is done until something else is; a press is over once it has begun. */
const HELD: ReadonlySet<DuelChoice> = new Set(['idle', 'advance', 'retreat', 'block']);

/** Standing this long would be an action of its own, ticks: see ActionWatcher. */
const STAND_TICKS = SETTLE_TICKS - 2;

/** Fights as a recorded player does, from predictions of what he would do in its place. */
export class DuelShadow {
  readonly #side: Side;
  readonly #controller: ImitationController;
  /** Null while it waits for the next thing to do. */
  #plan: DuelChoice | null = null;
  /** `actionId` when the plan was made, to see it begin. */
  #plannedAt = -1;

  constructor({ side, rng, timeEdges, openings }: DuelShadowOptions) {
    this.#side = side;
    this.#controller = new ImitationController({
      actions: DUEL_ACTIONS,
      choices: DUEL_CHOICES,
      timeEdges,
      openings,
      // The recording has his reactions in it, and what he had planned before.
      reactionTicks: 0,
      rng,
    });
  }

  /** The controls for this tick. `prediction` is the newest about the shadow itself, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    if (state.phase !== 'fight') return NO_INTENT;
    const self = state.fighters[this.#side];
    const available = this.#available(state, self);
    if (available.length) {
      // Who stands about without having chosen to goes on at once.
      const stands = !this.#plan && self.action === 'idle' && self.since >= STAND_TICKS;
      const { dueTick } = this.#controller;
      const tick = stands && dueTick > state.tick ? dueTick : state.tick;
      const decided = this.#controller.decide({ tick, prediction, available }) as DuelChoice | null;
      if (decided) {
        this.#plan = decided;
        this.#plannedAt = self.actionId;
        // A guard that is raised anew must come down first.
        if (decided === 'block' && self.action === 'block') return NO_INTENT;
      }
    }
    const { action, actionId } = self;
    if (self.stun > 0) this.#plan = null;
    const hasBegun = actionId !== this.#plannedAt && action === this.#plan;
    if (hasBegun && this.#plan && !HELD.has(this.#plan)) this.#plan = null;
    return this.#plan ? intentFor(this.#plan, state, this.#side) : NO_INTENT;
  }

  /** A round begins. */
  reset(): void {
    this.#controller.reset();
    this.#plan = null;
  }

  /** What can begin now; what goes on already cannot. */
  #available(state: DuelState, self: Fighter): readonly DuelChoice[] {
    if (isAirborne(self)) return self.action === 'jump' ? ['air-strike'] : [];
    if (!canAct(self)) return [];
    const isNew = self.action === 'block' || (self.action === 'idle' && !this.#plan);
    return DUEL_CHOICES.filter(
      (choice) =>
        choice !== 'air-strike' &&
        (choice !== self.action || isNew) &&
        (choice !== 'fireball' || !hasFireball(state, this.#side)),
    );
  }
}
