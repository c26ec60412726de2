import { ForesightError } from '../util/error.ts';
import type { Rng } from '../util/rng.ts';

export interface ReactionDelayOptions {
  readonly rng: Rng;
  /** Shortest and longest delay, ms; a function is called before each draw. */
  readonly ms?: readonly [number, number] | (() => readonly [number, number]);
  /** Ticks per second. */
  readonly tickRate?: number;
}

/** People take 150 to 250 ms to react to what they see. */
export const REACTION_DELAY_DEFAULTS = {
  ms: [150, 250],
  tickRate: 60,
} as const satisfies Partial<ReactionDelayOptions>;

/**
 * Draws reaction times uniformly from a range of ms, in whole ticks, rounded up so that none is shorter
 * than the time drawn. Draws from a fork of `rng`, so that the numbers of `rng` itself do not depend
 * on the reactions.
 */
export class ReactionDelay {
  readonly #rng: Rng;
  readonly #ms: () => readonly [number, number];
  readonly #tickRate: number;

  /** Throws `bad-config` for an invalid range or rate. */
  constructor(options: ReactionDelayOptions) {
    const { rng, ms, tickRate } = { ...REACTION_DELAY_DEFAULTS, ...options };
    const range = typeof ms === 'function' ? ms : () => ms;
    const [low, high] = range();
    if (!(low >= 0 && high >= low && high < Infinity))
      throw new ForesightError(
        'bad-config',
        `The reaction delay is ${low} to ${high} ms. Give the shortest and the longest from 0 up, for example [150, 250].`,
      );
    if (!(tickRate > 0 && tickRate < Infinity))
      throw new ForesightError(
        'bad-config',
        `tickRate is ${tickRate}. Give the ticks per second, for example 60.`,
      );
    this.#rng = rng.fork(0x2eac);
    this.#ms = range;
    this.#tickRate = tickRate;
  }

  /** The shortest and the longest delay that `next` returns now, ticks. */
  get minTicks(): number {
    return this.#ticks(this.#ms()[0]);
  }
  get maxTicks(): number {
    return this.#ticks(this.#ms()[1]);
  }

  /** Delay of the next reaction, ticks. */
  next(): number {
    const [low, high] = this.#ms();
    return this.#ticks(low + (high - low) * this.#rng.next());
  }

  #ticks(ms: number): number {
    // Slightly less, so that 250 ms at 60 ticks per second are 15 ticks whatever the rounding.
    return Math.max(0, Math.ceil((ms * this.#tickRate) / 1000 - 1e-9));
  }
}
