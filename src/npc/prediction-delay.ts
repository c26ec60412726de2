import type { Prediction } from '../predict/prediction.ts';
import { randomRng } from '../util/rng.ts';
import type { ControllerOptions } from './controller.ts';
import { resolveDifficulty } from './difficulty.ts';
import type { DifficultyOptions } from './difficulty.ts';
import type { ReactionDelay } from './reaction-delay.ts';

/**
 * The time that must pass between the step a prediction was made at and its use: `reactionTicks`, or else
 * drawn from `rng` for each prediction, from the `delayMs` of the difficulty.
 */
export interface PredictionDelayOptions extends ControllerOptions, DifficultyOptions {
  /** A prediction older than this counts as none. */
  readonly maxAgeTicks?: number;
}

export const PREDICTION_DELAY_DEFAULTS = { maxAgeTicks: Infinity } as const;

/**
 * Makes an NPC react no faster than a person could (150-250 ms): it releases predictions when they are
 * old enough. Their age counts from the step they were made at, so a prediction that was already
 * delayed elsewhere is not delayed twice. A random delay is drawn once for each prediction, so calling
 * `latest` more often makes the NPC no faster.
 */
export class PredictionDelay {
  readonly maxAgeTicks: number;
  readonly #delay: number | ReactionDelay;
  /** Oldest first; `from` is the first tick at which each may be used. */
  #made: { readonly prediction: Prediction; readonly from: number }[] = [];
  #longest: number;

  constructor(options: PredictionDelayOptions) {
    const { rng = randomRng(), maxAgeTicks } = { ...PREDICTION_DELAY_DEFAULTS, ...options };
    const { reaction } = resolveDifficulty({ ...options, rng });
    const longest = typeof reaction === 'number' ? reaction : reaction.maxTicks;
    if (!(Number.isFinite(longest) && longest >= 0))
      throw new RangeError(`reactionTicks is ${longest}: give a number of ticks from 0 up`);
    if (!(maxAgeTicks >= longest))
      throw new RangeError(
        `maxAgeTicks (${maxAgeTicks}) is below the reaction time (${longest} ticks): every prediction would be too old`,
      );
    this.maxAgeTicks = maxAgeTicks;
    this.#delay = reaction;
    this.#longest = longest;
  }

  /** The shortest delay of a prediction, ticks. */
  get reactionTicks(): number {
    return typeof this.#delay === 'number' ? this.#delay : this.#delay.minTicks;
  }

  /**
   * Adds the newest prediction; null, or the same one again, changes nothing. One from an earlier tick
   * than the last begins a new episode and clears those before.
   */
  push(prediction: Prediction | null): void {
    if (!prediction) return;
    const last = this.#made.at(-1)?.prediction;
    if (last === prediction) return;
    if (last && prediction.tick < last.tick) this.clear();
    const delay = typeof this.#delay === 'number' ? this.#delay : this.#delay.next();
    this.#longest = Math.max(this.#longest, delay);
    this.#made.push({ prediction, from: prediction.tick + delay });
    // Predictions come at most about once a tick, so nothing that may be needed is dropped.
    const kept = Math.ceil(this.#longest) + 64;
    if (this.#made.length > 2 * kept) this.#made = this.#made.slice(-kept);
  }

  /** The newest prediction whose delay has passed at `tick`, or null. */
  latest(tick: number): Prediction | null {
    for (let i = this.#made.length - 1; i >= 0; i--) {
      const { prediction, from } = this.#made[i];
      if (tick >= from) return tick - prediction.tick <= this.maxAgeTicks ? prediction : null;
    }
    return null;
  }

  /** Forgets everything; to be called when an episode begins. */
  clear(): void {
    this.#made = [];
  }
}
