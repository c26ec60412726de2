import { DIFFICULTIES, FairDifficulty } from '../../../src/core.ts';
import type { Difficulty, DifficultyName, Prediction, Rng } from '../../../src/core.ts';
import type { DuelAction, DuelChoice, DuelState, Intent, Side } from '../rules/index.ts';
import { approach, CLOSE, createStyle } from '../rules/styles/style.ts';
import type { Plan, Style } from '../rules/styles/style.ts';
import type { Read } from '../tally/read-tally.ts';
import { ReplyBook } from './reply-book.ts';

export interface DuelNpcOptions {
  readonly side: Side;
  readonly rng: Rng;
  /**
   * Sets its reaction time, its trust in predictions and its errors. Default `hard`. A fair one follows the
   * rounds of the duel.
   */
  readonly difficulty?: Difficulty | DifficultyName;
}

const mean = ([low, high]: readonly [number, number]): number => (low + high) / 2;

/** Duration of choices that are held, ticks. */
const HOLD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 18,
  advance: 10,
  retreat: 12,
  idle: 8,
};

/** Share of its choices from afar that come from the payoff table; otherwise it walks in. */
const THOUGHT_FROM_AFAR = 0.4;

/**
 * The NPC of the duel. Its controls and reflexes are those of the scripted players, no better. It
 * chooses replies that gain much against the player's probable actions, and limits how exploitable
 * that makes it. Without predictions it plays the equilibrium instead.
 */
export class DuelNpc {
  readonly #side: Side;
  readonly #book: ReplyBook;
  readonly #style: Style;
  readonly #fair: FairDifficulty | null;
  #prediction: Prediction | null = null;
  #read: Read | null = null;

  constructor(options: DuelNpcOptions) {
    const { side, rng, difficulty = 'hard' } = options;
    const knobs = typeof difficulty === 'string' ? DIFFICULTIES[difficulty] : difficulty;
    this.#side = side;
    this.#fair = knobs instanceof FairDifficulty ? knobs : null;
    this.#book = new ReplyBook({ rng, difficulty: knobs });
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

  /** Its newest choice based on a prediction; null when there was none in this round. */
  get lastRead(): Read | null {
    return this.#read;
  }

  /** The controls of this tick. `prediction` is the newest one of the player, or null. */
  intent(state: DuelState, prediction: Prediction | null): Intent {
    this.#prediction = prediction;
    this.#book.see(prediction);
    return this.#style(state, this.#side);
  }

  /** Call it at the end of a round. `winner` = null for a draw. */
  endRound(winner: Side | null): void {
    this.#fair?.add(winner === null ? 0.5 : winner === this.#side ? 1 : 0);
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
