import type { Prediction } from '../predict/prediction.ts';

export interface PredictionDelayOptions {
  /** Ticks that must pass between the step a prediction was made from and its use. */
  readonly reactionTicks: number;
  /** A prediction older than this counts as none. */
  readonly maxAgeTicks?: number;
}

export const PREDICTION_DELAY_DEFAULTS = { maxAgeTicks: Infinity } as const;

/**
 * Makes an NPC react no faster than a person could (150-250 ms): predictions go in as they are
 * made and come out when they are old enough. What matters is the tick of the step a prediction
 * was made from, so one that was already held back elsewhere is not held back twice.
 */
export class PredictionDelay {
  readonly reactionTicks: number;
  readonly maxAgeTicks: number;
  /** A ring; predictions come at most about once a tick, so nothing that may be needed is overwritten. */
  readonly #ring: (Prediction | null)[];
  #count = 0;

  constructor(options: PredictionDelayOptions) {
    const { reactionTicks, maxAgeTicks } = { ...PREDICTION_DELAY_DEFAULTS, ...options };
    if (!(Number.isFinite(reactionTicks) && reactionTicks >= 0))
      throw new RangeError(`reactionTicks is ${reactionTicks}: give a number of ticks from 0 up`);
    if (!(maxAgeTicks >= reactionTicks))
      throw new RangeError(
        `maxAgeTicks (${maxAgeTicks}) is below reactionTicks (${reactionTicks}): every prediction would be too old`,
      );
    this.reactionTicks = reactionTicks;
    this.maxAgeTicks = maxAgeTicks;
    this.#ring = Array.from({ length: Math.ceil(reactionTicks) + 64 }, () => null);
  }

  /**
   * Takes the newest prediction in; the same one again, or null, changes nothing. One from an
   * earlier tick than the last begins a new episode: what was held is forgotten.
   */
  push(prediction: Prediction | null): void {
    if (!prediction) return;
    const last = this.#at(0);
    if (last === prediction) return;
    if (last && prediction.tick < last.tick) this.clear();
    this.#ring[this.#count++ % this.#ring.length] = prediction;
  }

  /** The newest prediction made from a step at least `reactionTicks` before `tick`, or null. */
  latest(tick: number): Prediction | null {
    for (let back = 0; back < this.#ring.length; back++) {
      const prediction = this.#at(back);
      if (!prediction) return null;
      const age = tick - prediction.tick;
      if (age >= this.reactionTicks) return age <= this.maxAgeTicks ? prediction : null;
    }
    return null;
  }

  /** Forgets everything: an episode begins. */
  clear(): void {
    this.#ring.fill(null);
    this.#count = 0;
  }

  #at(back: number): Prediction | null {
    const index = this.#count - 1 - back;
    return index < 0 ? null : this.#ring[index % this.#ring.length];
  }
}
