import type { LineChartData } from './line-chart.ts';

/** Points kept; older ones go. */
const MAX_POINTS = 300;

const NONE = NaN;

/** Two losses over time, in the order in which they came. */
export class LossHistory {
  #count = 0;
  readonly #x: number[] = [];
  readonly #series: readonly [(number | null)[], (number | null)[]] = [[], []];
  readonly #newest: [number, number] = [NONE, NONE];

  get length(): number {
    return this.#x.length;
  }

  /** Points added so far, the dropped ones included. */
  get count(): number {
    return this.#count;
  }

  /** Newest values; NaN where there are none. */
  get newest(): readonly [number, number] {
    return this.#newest;
  }

  /** Adds a point. A value that is not finite leaves a gap. */
  add(first: number, second = NONE): void {
    this.#x.push(++this.#count);
    [first, second].forEach((value, i) => {
      this.#series[i].push(Number.isFinite(value) ? value : null);
      if (Number.isFinite(value)) this.#newest[i] = value;
    });
    if (this.#x.length <= MAX_POINTS) return;
    this.#x.shift();
    for (const values of this.#series) values.shift();
  }

  get data(): LineChartData {
    return [this.#x, ...this.#series];
  }
}
