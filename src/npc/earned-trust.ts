import type { Prediction } from '../predict/prediction.ts';
import type { ActionOf, CharacterSpec, WithSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { predictedShares } from './belief.ts';
import { requireDifficulty } from './difficulty.ts';
import type { Difficulty, DifficultyName } from './difficulty.ts';
import { requireRange } from './require-range.ts';
import { requireSpec } from './require-spec.ts';

export interface EarnedTrustOptions<S extends CharacterSpec = CharacterSpec> {
  /** Who is predicted: a tracked character, a model, or `{ spec }`. */
  readonly against: WithSpec<S>;
  /** The actions that the character chooses; others do not count. All when absent. */
  readonly choices?: readonly NoInfer<ActionOf<S>>[];
  /** Number of recent actions that count most: an action weighs 1/e after so many. At least 1. */
  readonly span?: number;
  /** Up to this worth of predictions none of the trust is earned, 0 to 1; it begins here. */
  readonly none?: number;
  /** From this worth on all of it is, `none` to 1. */
  readonly full?: number;
}

export const EARNED_TRUST_DEFAULTS = {
  span: 24,
  none: 0.2,
  full: 0.25,
} as const;

/** Number of actions that `none` counts as at the beginning. */
const BEGINNING = 4;

/**
 * Trust in predictions that has to be earned: an NPC believes them only as far as they were recently better
 * than chance. Against somebody who chooses evenly, whatever happens, it plays as without predictions. Give
 * `limit(difficulty)` to a controller as its `difficulty`, and `add` every action of the character.
 *
 * A prediction that gave the next choice the probability p, among n choices, was worth 1 + ln p / ln n:
 * 1 = certain and right, 0 = as good as guessing evenly, below 0 = worse (at least -1). The earned share
 * rises from 0 to 1 while the mean worth of the recent predictions rises from `none` to `full`. In the duel
 * that mean is 0.05 against a player who chooses evenly, 0.36 to 0.59 against the other nine scripted players.
 *
 * Chance is the even choice, not the character's own frequencies: a player who always blocks is to be read,
 * although their frequencies alone foresee that. Deterministic.
 */
export class EarnedTrust<S extends CharacterSpec = CharacterSpec> {
  readonly #actions: readonly string[];
  readonly #indices: readonly number[];
  readonly #shares: Float64Array;
  readonly #none: number;
  readonly #full: number;
  readonly #fading: number;
  #sum = 0;
  #weight = 0;

  /**
   * Throws `not-ready` while the model of `against` is not there, `bad-config` for an option out of its range
   * or fewer than two choices.
   */
  constructor(options: EarnedTrustOptions<S>) {
    const { actions } = requireSpec('against', options.against).action;
    const { choices = actions, span, none, full } = { ...EARNED_TRUST_DEFAULTS, ...options };
    this.#actions = actions;
    this.#indices = choices.map((name) => this.#indexOf(name));
    requireRange('full', full, 1);
    requireRange('none', none, full);
    if (!(span >= 1) || choices.length < 2)
      throw new ForesightError(
        'bad-config',
        `span is ${span}, with ${choices.length} choices. Give a span from 1 up, and two choices or more.`,
      );
    this.#shares = new Float64Array(choices.length);
    this.#none = none;
    this.#full = full;
    this.#fading = Math.exp(-1 / span);
    this.reset();
  }

  /** How much of the trust is earned, 0 to 1. */
  get share(): number {
    const above = this.#sum / this.#weight - this.#none;
    if (!(above > 0)) return 0;
    return Math.min(1, above / (this.#full - this.#none));
  }

  /**
   * Counts an action that the character began, and the newest prediction before it. Nothing changes without a
   * prediction, and for actions that are not chosen. Throws `bad-config` for an unknown action.
   */
  add(prediction: Prediction | null, action: ActionOf<S>): void {
    const choice = this.#indices.indexOf(this.#indexOf(action));
    if (!prediction || choice < 0) return;
    const about = { actions: this.#actions, indices: this.#indices };
    if (!(predictedShares(prediction, about, this.#shares) > 0)) return;
    const worth = 1 + Math.log(this.#shares[choice]) / Math.log(this.#shares.length);
    this.#sum = this.#fading * this.#sum + Math.max(-1, worth);
    this.#weight = this.#fading * this.#weight + 1;
  }

  /**
   * That difficulty, `hard` by default, with only the earned share of its trust. It changes with every action, and
   * with a difficulty that does.
   */
  limit(difficulty: Difficulty | DifficultyName = 'hard'): Difficulty {
    const knobs = requireDifficulty(difficulty);
    const share = (): number => this.share;
    return {
      get delayMs() {
        return knobs.delayMs;
      },
      get trust() {
        return knobs.trust * share();
      },
      get error() {
        return knobs.error;
      },
    };
  }

  /** Forgets all actions: for another player. */
  reset(): void {
    this.#weight = BEGINNING;
    this.#sum = BEGINNING * this.#none;
  }

  #indexOf(action: string): number {
    const index = this.#actions.indexOf(action);
    if (index >= 0) return index;
    throw new ForesightError(
      'bad-config',
      `There is no action "${action}". The character has ${this.#actions.join(', ')}.`,
    );
  }
}
