/** Counts ticks at a fixed rate, however long each frame takes. */
export class TickClock {
  readonly rate: number;
  #tick = 0;
  #rest = 0;

  /** @param rate ticks per second, > 0 */
  constructor(rate: number) {
    this.rate = rate;
  }

  /** The current tick, from 0. */
  get tick(): number {
    return this.#tick;
  }

  /** Lets `milliseconds` pass; returns how many ticks began in them. */
  advance(milliseconds: number): number {
    this.#rest += (milliseconds * this.rate) / 1000;
    const ticks = Math.floor(this.#rest);
    this.#rest -= ticks;
    this.#tick += ticks;
    return ticks;
  }
}
