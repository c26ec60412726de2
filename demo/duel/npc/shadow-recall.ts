import type { Rng } from '../../../src/core.ts';
import { SETTLE_TICKS } from '../action-watcher.ts';
import { DUEL_ACTIONS, DUEL_CHOICES } from '../rules/index.ts';
import type { DuelAction, DuelChoice } from '../rules/index.ts';
import { pick } from '../rules/styles/random.ts';
import type { Change, ShadowMemory } from './shadow-memory.ts';

/** The newest action of the shadow, and what its network expects next. */
export interface Begun {
  readonly tick: number;
  readonly action: DuelAction;
  /** [actions] in the order of DUEL_ACTIONS. */
  readonly probabilities: ArrayLike<number>;
}

/** A moment in which the shadow is free to choose. */
export interface Moment {
  readonly tick: number;
  readonly available: readonly DuelChoice[];
  readonly seen: Float32Array;
  /** It must not wait any longer. */
  readonly atOnce: boolean;
}

/** Recorded changes that much sooner or later are still similar, ticks (a deviation). */
const TIMING = 4;
/**
 * So many times it may do the same before what it did too often becomes less probable. Without that, errors add up:
 * what it chooses too often brings it into situations in which it does so again.
 */
const SLACK = 0.3;
/** A guard that is lowered longer before the next choice would count as standing, ticks. */
const LOWERED_TICKS = SETTLE_TICKS - 2;
/** A choice that did not begin is drawn again after this many ticks. */
const PATIENCE = 30;

const pair = (after: DuelAction, to: DuelAction): string => `${after} ${to}`;

const CHOICES: ReadonlySet<string> = new Set(DUEL_CHOICES);

/**
 * Chooses as a player did in similar moments. What comes next, and when, is drawn from the recorded changes that
 * follow the current action, each action as probable as the network expects. When what was drawn only happens to
 * a fighter and does not happen, a later change is drawn. When the time of a choice has come, the choice itself is
 * drawn again, from the changes at about this time in similar situations.
 *
 * It counts what it did after each action. What it did too seldom, compared with the player, becomes more probable.
 */
export class ShadowRecall {
  readonly #memory: ShadowMemory;
  readonly #rng: Rng;
  #begun: Begun | null = null;
  #changes: readonly (readonly [weight: number, change: Change])[] = [];
  #drawn: Change | null = null;
  #waitsUntil = -Infinity;
  /** The guard is lowered when the player's was up less often than that. */
  #guard = 0;
  /** How often it chose something after an action, by both names; and anything, by the name of that action. */
  readonly #chosen = new Map<string, number>();

  constructor(memory: ShadowMemory, rng: Rng) {
    this.#memory = memory;
    this.#rng = rng;
  }

  /** Call it when the shadow begins an action. Returns false when the player never did anything after it. */
  begin(begun: Begun): boolean {
    const { action } = begun;
    if (this.#begun && CHOICES.has(action)) {
      const after = this.#begun.action;
      for (const key of [after, pair(after, action)]) this.#chosen.set(key, this.#count(key) + 1);
    }
    this.#begun = begun;
    this.#guard = this.#rng.next();
    const all = this.#memory.after(action);
    const counts = new Map<DuelAction, number>();
    for (const { to } of all) counts.set(to, (counts.get(to) ?? 0) + 1);
    const choices = all.filter(({ to }) => CHOICES.has(to)).length;
    this.#changes = all.map((change) => {
      const { to } = change;
      const count = counts.get(to)!;
      const weight = begun.probabilities[DUEL_ACTIONS.indexOf(to)] / count;
      if (!CHOICES.has(to)) return [weight, change];
      const due = (this.#count(action) * count) / choices;
      return [(weight * (due + SLACK)) / (this.#count(pair(action, to)) + SLACK), change];
    });
    this.#waitsUntil = -Infinity;
    this.#draw(-Infinity);
    return all.length > 0;
  }

  /** The choice to begin now, or null. */
  decide({ tick, available, seen, atOnce }: Moment): DuelChoice | null {
    if (!this.#begun) return null;
    const elapsed = tick - this.#begun.tick;
    if (!atOnce) {
      while (this.#drawn && this.#drawn.ticks <= elapsed && !CHOICES.has(this.#drawn.to))
        this.#draw(elapsed);
      if (tick < this.#waitsUntil || (this.#drawn && elapsed < this.#drawn.ticks)) return null;
    }
    const open = this.#changes.filter(([, { to }]) =>
      (available as readonly string[]).includes(to),
    );
    const similar = open.map(([weight, change]) => {
      const off = atOnce ? 0 : (change.ticks - elapsed) / TIMING;
      const likeness = this.#memory.likeness(change.seen, seen);
      return [weight * Math.exp((-off * off) / 2) * likeness, change] as const;
    });
    const choice = this.#pick(similar) ?? this.#pick(open);
    if (choice) this.#waitsUntil = tick + PATIENCE;
    return choice && (choice.to as DuelChoice);
  }

  /** True when the player would lower the guard now, before the next choice. */
  lowersGuard(tick: number): boolean {
    if (this.#begun?.action !== 'block' || !this.#drawn || !CHOICES.has(this.#drawn.to))
      return false;
    const elapsed = tick - this.#begun.tick;
    const left = this.#drawn.ticks - elapsed;
    // A guard must be lowered before it can be raised again.
    if (this.#drawn.to === 'block' && left === 1) return true;
    return left > 0 && left <= LOWERED_TICKS && this.#memory.guards(elapsed) < this.#guard;
  }

  /** Call it at the beginning of a round. What it did is counted over all rounds. */
  reset(): void {
    this.#begun = null;
  }

  #count(key: string): number {
    return this.#chosen.get(key) ?? 0;
  }

  /** Draws what comes next, later than `after` ticks; null = nothing is recorded so late. */
  #draw(after: number): void {
    this.#drawn = this.#pick(this.#changes.filter(([, { ticks }]) => ticks > after));
  }

  #pick(changes: readonly (readonly [number, Change])[]): Change | null {
    const possible = changes.filter(([weight]) => weight > 0);
    return possible.length ? pick(() => this.#rng.next(), possible) : null;
  }
}
