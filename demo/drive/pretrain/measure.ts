import type { Checkpoint } from '../../../src/core.ts';
import { foreseeDoubted, ringOf } from '../foresee.ts';
import type { Point } from '../guesses.ts';
import { GUESSES } from '../guesses.ts';
import { TICK_RATE } from '../rules/index.ts';
import { DRIVER, driveStint } from './stint.ts';
import type { StintOptions } from './stint.ts';

/** Name of the model's row. */
export const MODEL_ROW = 'model';

/** Sums of distances between the position expected a second before and the actual one, metres. */
export class ErrorSums {
  readonly #sums = new Map<string, number>();
  #count = 0;
  #within = 0;

  /** @param spread radius of the ring that the model's own error is expected in, metres */
  add(expected: ReadonlyMap<string, Point>, spread: number, { x, y }: Point): void {
    this.#count++;
    const model = expected.get(MODEL_ROW)!;
    if (Math.hypot(model.x - x, model.y - y) <= spread) this.#within++;
    for (const [name, point] of expected)
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + Math.hypot(point.x - x, point.y - y));
  }

  include(other: ErrorSums): void {
    this.#count += other.#count;
    this.#within += other.#within;
    for (const [name, sum] of other.#sums) this.#sums.set(name, (this.#sums.get(name) ?? 0) + sum);
  }

  get count(): number {
    return this.#count;
  }

  /** Share of positions inside the ring. */
  get within(): number {
    return this.#within / this.#count;
  }

  /** Mean distance by name, metres. */
  get means(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
  }
}

/**
 * Drives a stint and measures, at every decision, where the model and each baseline expect the driver a
 * second later. A driver who is put back on the track in between counts as well.
 */
export async function measureStint(
  options: StintOptions & { readonly checkpoint: Checkpoint },
): Promise<ErrorSums> {
  const sums = new ErrorSums();
  const waiting: { tick: number; expected: Map<string, Point>; spread: number }[] = [];
  await driveStint({
    ...options,
    ticked: (race) => {
      while (waiting.length && waiting[0].tick <= race.tick) {
        const { expected, spread } = waiting.shift()!;
        sums.add(expected, spread, race.racers[DRIVER].car);
      }
    },
    decided: (race, simulate, deviations) => {
      const last = foreseeDoubted(race, DRIVER, simulate, deviations).at(-1)!;
      const expected = new Map<string, Point>([[MODEL_ROW, last]]);
      for (const [name, guess] of Object.entries(GUESSES))
        expected.set(name, guess(race, DRIVER, TICK_RATE));
      waiting.push({ tick: race.tick + TICK_RATE, expected, spread: ringOf(last) });
    },
  });
  return sums;
}
