import type { Point } from '../guesses.ts';

/** Decisions of a mean: ten seconds. */
const RECENT = 60;

/** Where the car is expected to be at a tick. */
export interface Expected {
  readonly tick: number;
  readonly model: Point;
  readonly constantVelocity: Point;
}

/** Mean distances from the expected positions, metres. */
export interface MeanErrors {
  readonly model: number;
  readonly constantVelocity: number;
}

/** Keeps expected positions until their tick, and measures their errors. */
export class LiveErrors {
  #waiting: Expected[] = [];
  readonly #recent: MeanErrors[] = [];
  #sums = { model: 0, constantVelocity: 0, count: 0 };

  expect(expected: Expected): void {
    this.#waiting.push(expected);
  }

  /** Takes the actual position. Call it at every tick. */
  see(tick: number, car: Point): void {
    while (this.#waiting.length && this.#waiting[0].tick <= tick) {
      const { tick: due, model, constantVelocity } = this.#waiting.shift()!;
      if (due < tick) continue;
      const off = (point: Point): number => Math.hypot(point.x - car.x, point.y - car.y);
      const errors = { model: off(model), constantVelocity: off(constantVelocity) };
      this.#recent.push(errors);
      if (this.#recent.length > RECENT) this.#recent.shift();
      this.#sums.model += errors.model;
      this.#sums.constantVelocity += errors.constantVelocity;
      this.#sums.count++;
    }
  }

  /** Drops pending expectations: the car was put elsewhere. */
  forget(): void {
    this.#waiting = [];
  }

  /** Means of the last ten seconds; null before there are any. */
  get recent(): MeanErrors | null {
    const { length } = this.#recent;
    if (!length) return null;
    const mean = (of: (errors: MeanErrors) => number): number =>
      this.#recent.reduce((sum, errors) => sum + of(errors), 0) / length;
    return {
      model: mean(({ model }) => model),
      constantVelocity: mean(({ constantVelocity }) => constantVelocity),
    };
  }

  /** Means since the start; null before there are any. */
  get total(): (MeanErrors & { readonly count: number }) | null {
    const { model, constantVelocity, count } = this.#sums;
    if (!count) return null;
    return { model: model / count, constantVelocity: constantVelocity / count, count };
  }
}
