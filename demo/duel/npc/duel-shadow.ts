import { ImitationController } from '../../../src/core.ts';
import type { Prediction, Rng } from '../../../src/core.ts';
import { ActionWatcher, SETTLE_TICKS } from '../action-watcher.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import {
  canAct,
  DUEL_CHOICES,
  hasFireball,
  intentFor,
  isAirborne,
  NO_INTENT,
} from '../rules/index.ts';
import type { DuelAction, DuelChoice, DuelState, Fighter, Intent, Side } from '../rules/index.ts';
import { sees } from './shadow-memory.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { ShadowRecall } from './shadow-recall.ts';

export interface DuelShadowOptions {
  readonly side: Side;
  readonly rng: Rng;
  /** Upper edges of the model's time bins, ticks. */
  readonly timeEdges: readonly number[];
  /** The first actions of the player's recorded rounds. */
  readonly openings?: readonly DuelChoice[];
  /** The player's recorded rounds. Without them it chooses, and times, from predictions alone. */
  readonly memory?: ShadowMemory;
}

/** Choices that are held until the next one; any other is a single press. */
const HELD: ReadonlySet<DuelChoice> = new Set(['idle', 'advance', 'retreat', 'block']);

/** Standing for longer than this counts as an action, ticks: see ActionWatcher. */
const STAND_TICKS = SETTLE_TICKS - 1;

/** Fights like a recorded player: does what the player probably would do in its place, as in similar moments. */
export class DuelShadow {
  readonly #side: Side;
  /** Chooses the first action of a round, and what follows actions that the player never did. */
  readonly #controller: ImitationController<DuelAction>;
  readonly #recall: ShadowRecall | null;
  readonly #watcher = new ActionWatcher();
  #begun: DuelAction | null = null;
  #prediction: Prediction | null = null;
  /** Whether the player ever did anything after the current action. */
  #remembers = false;
  /** Null while it waits for the next choice. */
  #plan: DuelChoice | null = null;
  /** `actionId` when the plan was made, to notice its beginning. */
  #plannedAt = -1;

  constructor({ side, rng, timeEdges, openings, memory }: DuelShadowOptions) {
    this.#side = side;
    this.#controller = new ImitationController({
      like: { spec: DUEL_SPEC },
      timeEdges,
      openings,
      // The recording contains the player's own reaction times and plans.
      reactionTicks: 0,
      rng,
    });
    this.#recall = memory ? new ShadowRecall(memory, rng) : null;
  }

  /** The controls of this tick. `prediction` is the newest one of the shadow itself, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    if (state.phase !== 'fight') return NO_INTENT;
    const self = state.fighters[this.#side];
    this.#begun = this.#watcher.watch(self) ?? this.#begun;
    if (prediction !== this.#prediction) this.#take(prediction);
    const available = this.#available(state, self);
    if (available.length) {
      // When it stands without having chosen to, it acts at once.
      const stands = !this.#plan && self.action === 'idle' && self.since >= STAND_TICKS;
      const decided = this.#decide(state, available, stands);
      if (decided) {
        this.#plan = decided;
        this.#plannedAt = self.actionId;
        // A guard must be lowered before it can be raised again.
        if (decided === 'block' && self.action === 'block') return NO_INTENT;
      }
    }
    const { action, actionId } = self;
    if (self.stun > 0) this.#plan = null;
    const hasBegun = actionId !== this.#plannedAt && action === this.#plan;
    if (hasBegun && this.#plan && !HELD.has(this.#plan)) this.#plan = null;
    const guards = this.#remembers && this.#plan === 'block' && action === 'block';
    if (guards && this.#recall!.lowersGuard(state.tick)) this.#plan = null;
    return this.#plan ? intentFor(this.#plan, state, this.#side) : NO_INTENT;
  }

  /** Call it at the beginning of a round. */
  reset(): void {
    this.#controller.reset();
    this.#recall?.reset();
    this.#watcher.reset();
    this.#begun = null;
    this.#prediction = null;
    this.#remembers = false;
    this.#plan = null;
  }

  #take(prediction: Prediction | null): void {
    this.#prediction = prediction;
    this.#remembers =
      this.#recall !== null &&
      prediction !== null &&
      this.#begun !== null &&
      this.#recall.begin({ ...prediction, action: this.#begun });
  }

  #decide(state: DuelState, available: readonly DuelChoice[], atOnce: boolean): DuelChoice | null {
    const { tick } = state;
    if (this.#remembers)
      return this.#recall!.decide({ tick, available, seen: sees(state, this.#side), atOnce });
    const { dueTick } = this.#controller;
    const prediction = this.#prediction;
    const due = atOnce && dueTick > tick ? dueTick : tick;
    return this.#controller.decide({ tick: due, prediction, available }) as DuelChoice | null;
  }

  /** The choices that can begin now; the current action is not one of them. */
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
