import type { Prediction } from '../predict/prediction.ts';
import type { ReactionDelay } from './reaction-delay.ts';

export interface PredictionDelayOptions {
  /**
   * Ticks that must pass between the step a prediction was made at and its use: a fixed number, or a
   * random delay drawn for each prediction.
   */
  readonly reactionTicks: number | ReactionDelay;
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
  /** The shortest delay of a prediction, ticks. */
  readonly reactionTicks: number;
  readonly maxAgeTicks: number;
  readonly #delay: number | ReactionDelay;
  /** A ring; predictions come at most about once a tick, so nothing that may be needed is overwritten. */
  readonly #ring: (Prediction | null)[];
  /** The first tick at which each may be used. */
  readonly #usable: Float64Array;
  #count = 0;

  constructor(options: PredictionDelayOptions) {
    const { reactionTicks, maxAgeTicks } = { ...PREDICTION_DELAY_DEFAULTS, ...options };
    const isFixed = typeof reactionTicks === 'number';
    const longest = isFixed ? reactionTicks : reactionTicks.maxTicks;
    if (!(Number.isFinite(longest) && longest >= 0))
      throw new RangeError(`reactionTicks is ${longest}: give a number of ticks from 0 up`);
    if (!(maxAgeTicks >= longest))
      throw new RangeError(
        `maxAgeTicks (${maxAgeTicks}) is below the reaction time (${longest} ticks): every prediction would be too old`,
      );
    this.reactionTicks = isFixed ? reactionTicks : reactionTicks.minTicks;
    this.maxAgeTicks = maxAgeTicks;
    this.#delay = reactionTicks;
    this.#ring = Array.from({ length: Math.ceil(longest) + 64 }, () => null);
    this.#usable = new Float64Array(this.#ring.length);
  }

  /**
   * Adds the newest prediction; null, or the same one again, changes nothing. One from an earlier tick
   * than the last begins a new episode and clears those before.
   */
  push(prediction: Prediction | null): void {
    if (!prediction) return;
    const last = this.#at(0);
    if (last === prediction) return;
    if (last && prediction.tick < last.tick) this.clear();
    const slot = this.#count++ % this.#ring.length;
    const delay = typeof this.#delay === 'number' ? this.#delay : this.#delay.next();
    this.#ring[slot] = prediction;
    this.#usable[slot] = prediction.tick + delay;
  }

  /** The newest prediction whose delay has passed at `tick`, or null. */
  latest(tick: number): Prediction | null {
    for (let back = 0; back < this.#ring.length; back++) {
      const prediction = this.#at(back);
      if (!prediction) return null;
      if (tick >= this.#usable[this.#slot(back)])
        return tick - prediction.tick <= this.maxAgeTicks ? prediction : null;
    }
    return null;
  }

  /** Forgets everything; to be called when an episode begins. */
  clear(): void {
    this.#ring.fill(null);
    this.#count = 0;
  }

  #at(back: number): Prediction | null {
    return back < this.#count ? this.#ring[this.#slot(back)] : null;
  }

  #slot(back: number): number {
    return (this.#count - 1 - back) % this.#ring.length;
  }
}
