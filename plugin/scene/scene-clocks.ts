import { TickClock } from './tick-clock.ts';

/** The clocks of one run of a scene, one per tick rate; each counts from its first use. */
export class SceneClocks {
  readonly #clocks = new Map<number, TickClock>();

  /** @param rate ticks per second, > 0 */
  tick(rate: number): number {
    let clock = this.#clocks.get(rate);
    if (!clock) this.#clocks.set(rate, (clock = new TickClock(rate)));
    return clock.tick;
  }

  /** Lets `milliseconds` pass. */
  advance(milliseconds: number): void {
    for (const clock of this.#clocks.values()) clock.advance(milliseconds);
  }
}
