import { EarnedTrust, FairDifficulty } from '../../../src/core.ts';
import type { Difficulty, DifficultyName, Prediction, Rng } from '../../../src/core.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { GROUND_CHOICES } from '../rules/index.ts';
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
  /** What its predictions of this player were worth so far. Default: nothing is known yet. */
  readonly earned?: EarnedTrust;
}

/** For predictions of a player, whom the NPC is to believe as far as they have been better than chance. */
export const createEarnedTrust = (): EarnedTrust =>
  new EarnedTrust({ against: { spec: DUEL_SPEC }, choices: GROUND_CHOICES });

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
 * that makes it. Without predictions, and where they are no better than chance, it plays the equilibrium instead.
 */
export class DuelNpc {
  readonly #side: Side;
  readonly #book: ReplyBook;
  readonly #style: Style;
  readonly #fair: FairDifficulty | null;
  readonly #earned: EarnedTrust;
  #prediction: Prediction | null = null;
  #read: Read | null = null;

  constructor(options: DuelNpcOptions) {
    const { side, rng, difficulty, earned = createEarnedTrust() } = options;
    const knobs = earned.limit(difficulty);
    this.#side = side;
    this.#fair = difficulty instanceof FairDifficulty ? difficulty : null;
    this.#earned = earned;
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

  /** Call it when the player begins an action. `prediction` is the newest one before it, or null. */
  watch(action: DuelAction, prediction: Prediction | null): void {
    this.#earned.add(prediction, action);
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
