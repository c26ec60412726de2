import { DIFFICULTIES } from '../../../src/core.ts';
import type { Difficulty, DifficultyName, Prediction, Rng } from '../../../src/core.ts';
import type { DuelAction, DuelChoice, DuelState, Intent, Side } from '../rules/index.ts';
import { approach, CLOSE, createStyle } from '../rules/styles/style.ts';
import type { Plan, Style } from '../rules/styles/style.ts';
import type { Read } from '../tally/read-tally.ts';
import { ReplyBook } from './reply-book.ts';

export interface DuelNpcOptions {
  readonly side: Side;
  readonly rng: Rng;
  /** How soon it reacts, how far it believes predictions and how often it errs. Default `hard`. */
  readonly difficulty?: Difficulty | DifficultyName;
  /** In place of the difficulty's; 0 plays the equilibrium of the payoff table. */
  readonly trust?: number;
}

const mean = ([low, high]: readonly [number, number]): number => (low + high) / 2;

/** How long it holds what is held, in ticks. */
const HOLD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 18,
  advance: 10,
  retreat: 12,
  idle: 8,
};

/** Share of its choices from afar that it takes from the payoff table; else it walks in. */
const THOUGHT_FROM_AFAR = 0.4;

/**
 * The NPC of the duel. Its hands and its reflexes are those of the scripted players, no better; it
 * chooses a reply that gains much against what the player will probably do, and lets itself be seen
 * through only so far. Without predictions it is the same NPC with the equilibrium in place of that.
 */
export class DuelNpc {
  readonly #side: Side;
  readonly #book: ReplyBook;
  readonly #style: Style;
  #prediction: Prediction | null = null;
  #read: Read | null = null;

  constructor(options: DuelNpcOptions) {
    const { side, rng, difficulty = 'hard' } = options;
    const knobs = typeof difficulty === 'string' ? DIFFICULTIES[difficulty] : difficulty;
    const trust = options.trust ?? knobs.trust;
    this.#side = side;
    this.#book = new ReplyBook({ rng, difficulty: { ...knobs, trust } });
    this.#style = createStyle(
      rng.int(2 ** 31),
      (now, random): Plan => {
        const far = now.distance > CLOSE;
        const walk = far && random() >= THOUGHT_FROM_AFAR ? approach(now, random) : null;
        if (walk) return walk;
        const action = this.#book.reply(now.state, this.#prediction);
        this.#note(action);
        return { action, ticks: HOLD[action] };
      },
      { reactionTicks: Math.round((mean(knobs.delayMs) * 60) / 1000) },
    );
  }

  /** Its newest choice that went by a prediction; null when it had none in this round. */
  get lastRead(): Read | null {
    return this.#read;
  }

  /** The controls for this tick. `prediction` is the newest about the player, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    this.#prediction = prediction;
    this.#book.see(prediction);
    return this.#style(state, this.#side);
  }

  /** A round begins. */
  reset(): void {
    this.#read = null;
    this.#book.reset();
  }

  #note(reply: DuelChoice): void {
    const { used } = this.#book;
    if (!used) return;
    const expected = used.action as DuelAction;
    this.#read = { madeAt: used.tick, expected, probability: used.probability, reply };
  }
}
