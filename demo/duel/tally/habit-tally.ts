import type { DuelAction, DuelChoice, DuelEvent, Side } from '../rules/index.ts';
import { DUEL_CHOICES } from '../rules/index.ts';

/** What the player just did, or what just happened to them, before a choice. */
export type HabitContext =
  'hit' | 'was-hit' | 'was-thrown' | 'blocked' | 'guarded' | 'whiffed' | DuelChoice;

/** After `context` the player chose `action`, `count` of `total` times. */
export interface Habit {
  readonly context: HabitContext;
  readonly action: DuelChoice;
  readonly count: number;
  readonly total: number;
  /** How many of the `count` the rival's model expected. */
  readonly foreseen: number;
  /** How many of these the rival acted on, and what it did most often then; null = it never did. */
  readonly answered: number;
  readonly reply: DuelChoice | null;
}

/** What the rival made of an action. */
export interface Seen {
  /** Whether its model expected it. */
  readonly foreseen: boolean;
  /** What it did because of that prediction; null = nothing. */
  readonly reply: DuelChoice | null;
}

const UNSEEN: Seen = { foreseen: false, reply: null };

/** A choice in a context. */
interface Count {
  count: number;
  foreseen: number;
  readonly replies: Map<DuelChoice, number>;
}

export interface HabitOptions {
  /** Most habits to return. */
  readonly most?: number;
  /** Fewest occurrences of a context. */
  readonly least?: number;
}

export const HABIT_DEFAULTS: Required<HabitOptions> = { most: 3, least: 4 };

/** Standing is the moment between two choices, so that habits ignore it. */
const CHOICES: ReadonlySet<string> = new Set(DUEL_CHOICES.filter((choice) => choice !== 'idle'));

/** Counts a player's choices in each context, over a duel. */
export class HabitTally {
  readonly #side: Side;
  readonly #counts = new Map<HabitContext, Map<DuelChoice, Count>>();
  readonly #all = new Map<DuelChoice, number>();
  #context: HabitContext | null = null;

  constructor(side: Side) {
    this.#side = side;
  }

  /** Counts an action; ignores standing, and what merely happens to the player. */
  act(action: DuelAction, { foreseen, reply }: Seen = UNSEEN): void {
    if (!CHOICES.has(action)) return;
    const choice = action as DuelChoice;
    if (this.#context !== null) {
      const counts = this.#counts.get(this.#context) ?? new Map<DuelChoice, Count>();
      this.#counts.set(this.#context, counts);
      const one = counts.get(choice) ?? { count: 0, foreseen: 0, replies: new Map() };
      counts.set(choice, one);
      one.count++;
      if (foreseen) one.foreseen++;
      if (foreseen && reply) one.replies.set(reply, (one.replies.get(reply) ?? 0) + 1);
      this.#all.set(choice, (this.#all.get(choice) ?? 0) + 1);
    }
    this.#context = choice;
  }

  event(event: DuelEvent): void {
    switch (event.kind) {
      case 'hit':
      case 'thrown':
        if (event.attacker === this.#side) this.#context = 'hit';
        else this.#context = event.kind === 'hit' ? 'was-hit' : 'was-thrown';
        return;
      case 'blocked':
        this.#context = event.attacker === this.#side ? 'blocked' : 'guarded';
        return;
      case 'whiff':
        if (event.side === this.#side) this.#context = 'whiffed';
        return;
      case 'round-start':
      case 'round-end':
        this.#context = null;
        return;
      default:
    }
  }

  /**
   * The strongest habits first, at most one per context: choices that are more frequent in it than
   * elsewhere. Strength is their information, count x log(share / usual share).
   */
  habits(options: HabitOptions = {}): Habit[] {
    const { most, least } = { ...HABIT_DEFAULTS, ...options };
    const sum = [...this.#all.values()].reduce((a, b) => a + b, 0);
    const found = [...this.#counts].flatMap(([context, counts]) => {
      const total = [...counts.values()].reduce((all, { count }) => all + count, 0);
      const [best] = [...counts]
        .map(([action, { count, foreseen, replies }]) => ({
          habit: { context, action, count, total, foreseen, ...answers(replies) },
          strength: count * Math.log((count / total) * (sum / (this.#all.get(action) ?? sum))),
        }))
        .sort((a, b) => b.strength - a.strength);
      const isHabit = total >= least && best.habit.count * 5 >= total * 2 && best.habit.count > 1;
      return isHabit ? [best] : [];
    });
    return found
      .sort((a, b) => b.strength - a.strength)
      .slice(0, most)
      .map(({ habit }) => habit);
  }
}

function answers(replies: ReadonlyMap<DuelChoice, number>): Pick<Habit, 'answered' | 'reply'> {
  const [most] = [...replies].sort((a, b) => b[1] - a[1]);
  const answered = [...replies.values()].reduce((sum, count) => sum + count, 0);
  return { answered, reply: most?.[0] ?? null };
}
