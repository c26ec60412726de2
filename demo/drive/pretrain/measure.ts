import type { Checkpoint } from '../../../src/core.ts';
import { foresee } from '../foresee.ts';
import type { Point } from '../guesses.ts';
import { GUESSES } from '../guesses.ts';
import { TICK_RATE } from '../rules/index.ts';
import { DRIVER, driveStint } from './stint.ts';
import type { StintOptions } from './stint.ts';

/** Name of our row. */
export const MODEL_ROW = 'model';

/** Sums of distances between where a driver was expected a second before and where he was, metres. */
export class ErrorSums {
  readonly #sums = new Map<string, number>();
  #count = 0;

  add(expected: ReadonlyMap<string, Point>, { x, y }: Point): void {
    this.#count++;
    for (const [name, point] of expected)
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + Math.hypot(point.x - x, point.y - y));
  }

  include(other: ErrorSums): void {
    this.#count += other.#count;
    for (const [name, sum] of other.#sums) this.#sums.set(name, (this.#sums.get(name) ?? 0) + sum);
  }

  get count(): number {
    return this.#count;
  }

  /** Mean distance by name, metres. */
  get means(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
  }
}

/**
 * Drives a stint and measures, at every decision, where everybody expects the driver a second later.
 * A driver who was put back on the track in between would count as he was seen.
 */
export async function measureStint(
  options: StintOptions & { readonly checkpoint: Checkpoint },
): Promise<ErrorSums> {
  const sums = new ErrorSums();
  const waiting: { tick: number; expected: Map<string, Point> }[] = [];
  await driveStint({
    ...options,
    ticked: (race) => {
      while (waiting.length && waiting[0].tick <= race.tick)
        sums.add(waiting.shift()!.expected, race.racers[DRIVER].car);
    },
    decided: (race, simulate) => {
      const points = foresee(race, DRIVER, simulate);
      const expected = new Map<string, Point>([[MODEL_ROW, points[points.length - 1]]]);
      for (const [name, guess] of Object.entries(GUESSES))
        expected.set(name, guess(race, DRIVER, TICK_RATE));
      waiting.push({ tick: race.tick + TICK_RATE, expected });
    },
  });
  return sums;
}
