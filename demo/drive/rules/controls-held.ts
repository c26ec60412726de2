import { DECISION_TICKS } from './controls.ts';
import type { Controls } from './controls.ts';

/** What a driver held in the last decision: the mean of the last `DECISION_TICKS` ticks. */
export class ControlsHeld implements Controls {
  readonly #steering = new Float64Array(DECISION_TICKS);
  readonly #throttle = new Float64Array(DECISION_TICKS);
  #count = 0;

  add({ steering, throttle }: Controls): void {
    const at = this.#count++ % DECISION_TICKS;
    this.#steering[at] = steering;
    this.#throttle[at] = throttle;
  }

  get steering(): number {
    return this.#mean(this.#steering);
  }

  get throttle(): number {
    return this.#mean(this.#throttle);
  }

  #mean(values: Float64Array): number {
    const known = Math.min(this.#count, DECISION_TICKS);
    return known ? values.subarray(0, known).reduce((sum, value) => sum + value, 0) / known : 0;
  }
}
