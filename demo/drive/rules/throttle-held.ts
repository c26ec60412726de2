import { DECISION_TICKS } from './controls.ts';

/** The throttle of the last decision: the mean of the last `DECISION_TICKS` ticks. */
export class ThrottleHeld {
  readonly #values = new Float64Array(DECISION_TICKS);
  #count = 0;

  add(throttle: number): void {
    this.#values[this.#count++ % DECISION_TICKS] = throttle;
  }

  get mean(): number {
    const known = Math.min(this.#count, DECISION_TICKS);
    return known ? this.#values.subarray(0, known).reduce((sum, one) => sum + one, 0) / known : 0;
  }
}
