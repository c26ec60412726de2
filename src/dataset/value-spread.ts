import { clamp } from '../util/math.ts';
import { cellMass } from '../util/normal.ts';
import type { NormalPart } from '../util/normal.ts';

/** Deviations of the normal distributions that share the errors of a prediction, in mean absolute errors. */
const WIDTHS = [-4, -3, -2, -1, 0, 1, 2, 4, 7].map((power) => 1.25 * 2 ** power);
const COUNT = WIDTHS.length;

/** Share of the widths' weight that is always even: whatever never happened may happen. */
const EVEN = 0.02;
/** How far the weights return from the newest error to their long-run values: large errors come in runs. */
const RETURN = 0.3;
/** Steps that the start counts as. */
const START = 20;
/** How much of the newest error goes into long-run values, unless another rate is given. */
const RATE = 0.005;
/** Numbers that are saved are at least this. */
const LEAST = 1e-9;
/** Smallest and largest probability of a repeat. */
const RARE = 0.001;

/** A spread of which nothing is known but the mean absolute error. */
export const evenSpread = (error: number): Float32Array =>
  Float32Array.from([error, 0.5, 0.5, ...WIDTHS.map(() => 1 / COUNT)]);

export interface ValueSpreadOptions {
  /** Smallest difference between two values, > 0; deviations are at least a quarter of it. */
  readonly resolution: number;
  /** [SPREAD_SIZE] what it begins with: see `ValueTable`. */
  readonly start: ArrayLike<number>;
  /** How much of the newest error goes into long-run values, at least. */
  readonly rate?: number;
}

export interface Expected {
  /** The expected value. */
  readonly mean: number;
  /** The last known value. */
  readonly last: number;
}

/**
 * The distribution of one field's next value around its prediction: a spike at the last value, as probable as
 * exact repeats were, and normal distributions of several widths, weighted by what they gave to the values that
 * came. All is learned at every step.
 */
export class ValueSpread {
  readonly #resolution: number;
  readonly #rate: number;
  /** [widths] long-run weights, and those for the next step. */
  readonly #usual: Float64Array;
  readonly #weights: Float64Array;
  /** Probability of a repeat, after a repeat and after a change. */
  readonly #repeats: Float64Array;
  #error: number;
  #changed = 0;
  #steps = 0;

  constructor({ resolution, start, rate = RATE }: ValueSpreadOptions) {
    this.#resolution = resolution;
    this.#rate = rate;
    [this.#error] = Array.from(start);
    this.#repeats = Float64Array.from([start[1], start[2]]);
    this.#usual = Float64Array.from({ length: COUNT }, (_, k) => start[3 + k]);
    this.#weights = this.#usual.slice();
  }

  /** [SPREAD_SIZE] what it has learned for the long run, all above 0. */
  get learned(): Float32Array {
    return Float32Array.from([this.#error, ...this.#repeats, ...this.#usual], (number) =>
      Math.max(number, LEAST),
    );
  }

  /** The parts of the distribution. */
  parts(mean: number, last: number): NormalPart[] {
    const spike = this.#spike;
    return [
      { weight: spike, mean: last, deviation: 0 },
      ...Array.from(this.#weights, (weight, k) => ({
        weight: (1 - spike) * weight,
        mean,
        deviation: this.#width(k),
      })),
    ];
  }

  /** Learns the value that came. */
  learn(value: number, { mean, last }: Expected): void {
    const error = value - mean;
    const weights = this.#weights;
    let wide = 0;
    for (let k = 0; k < COUNT; k++) {
      const deviation = this.#width(k);
      weights[k] *= cellMass(error, { deviation, cell: this.#resolution });
      wide += weights[k];
    }
    // Of an error beyond all widths nothing is known but that it needs the widest.
    if (wide < 1e-90) weights.fill(0)[COUNT - 1] = wide = 1;
    const rate = Math.max(this.#rate, 1 / (++this.#steps + START));
    const same = Math.abs(value - last) < this.#resolution / 2;
    const spike = this.#spike;
    const repeat = same ? spike / (spike + (1 - spike) * wide) : 0;
    this.#repeats[this.#changed] += rate * (repeat - spike);
    this.#changed = same ? 0 : 1;
    const share = (1 - repeat) * rate;
    this.#error += share * (Math.abs(error) - this.#error);
    for (let k = 0; k < COUNT; k++) {
      const newest = weights[k] / wide;
      this.#usual[k] += share * (newest - this.#usual[k]);
      const usual = EVEN / COUNT + (1 - EVEN) * this.#usual[k];
      weights[k] = newest + (repeat + (1 - repeat) * RETURN) * (usual - newest);
    }
  }

  get #spike(): number {
    return clamp(this.#repeats[this.#changed], RARE, 1 - RARE);
  }

  #width(k: number): number {
    return Math.max(this.#resolution / 4, this.#error * WIDTHS[k]);
  }
}
