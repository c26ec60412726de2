import type { TrainingProgress } from '../../src/train/progress.ts';
import type { LineChartData } from './line-chart.ts';

/** Points kept; older ones go. */
const MAX_POINTS = 300;

/** The losses of the last trainings and bursts, in the order they came. */
export class LossHistory {
  #count = 0;
  readonly #x: number[] = [];
  readonly #training: (number | null)[] = [];
  readonly #heldOut: (number | null)[] = [];
  #newestHeldOut = NaN;

  get length(): number {
    return this.#x.length;
  }

  /** Points added so far, the dropped ones included. */
  get count(): number {
    return this.#count;
  }

  /** Newest values; NaN where there are none. */
  get newest(): { readonly training: number; readonly heldOut: number } {
    return {
      training: this.#training.at(-1) ?? NaN,
      heldOut: this.#newestHeldOut,
    };
  }

  add({ loss, heldOutLoss }: TrainingProgress): void {
    this.#x.push(++this.#count);
    this.#training.push(Number.isFinite(loss) ? loss : null);
    this.#heldOut.push(heldOutLoss ?? null);
    this.#newestHeldOut = heldOutLoss ?? this.#newestHeldOut;
    if (this.#x.length <= MAX_POINTS) return;
    this.#x.shift();
    this.#training.shift();
    this.#heldOut.shift();
  }

  get data(): LineChartData {
    return [this.#x, this.#training, this.#heldOut];
  }
}
