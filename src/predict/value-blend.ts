import { ValueSpread } from '../dataset/value-spread.ts';
import { FixedShare } from '../experts/fixed-share.ts';
import type { NormalPart } from '../util/normal.ts';

/** What is blended: the last value again, the linear path, and the network. */
export const VALUE_EXPERTS = 3;

/** Trust before anything is known, with a linear path and without. */
const PRIOR = [0.05, 0.25, 0.7] as const;
const PRIOR_WITHOUT_LINEAR = [0.1, 0, 0.9] as const;
/** Trust that goes back to the prior at each step. */
const SHARE = 0.01;
/**
 * Squared errors count as those of a normal distribution of so many times the variance: with heavy tails the
 * difference of two errors means little. On the readings of a robot, 1, 4 and 16 were better than a linear
 * regression on the same data for 2, 19 and 24 of 24 sensors.
 */
const CAUTION = 16;
/** How much of the newest squared error goes into their mean, at least. */
const RATE = 0.005;

export interface ValueBlendOptions {
  /** Smallest difference between two values; no error counts as smaller than a quarter of it. */
  readonly resolution: number;
  /** Whether there is a linear path. */
  readonly linear: boolean;
  /** The error to begin with. */
  readonly deviation: number;
  /** [SPREAD_SIZE] what is known of the distribution of errors. */
  readonly spread: Float32Array;
}

/**
 * The expected next value of one field, the fixed-share mean of several predictions by their squared errors so
 * far; and its distribution around that, see `ValueSpread`.
 */
export class ValueBlend {
  readonly #share: FixedShare;
  readonly #spread: ValueSpread;
  readonly #least: number;
  /** Mean squared error of the expected value. */
  #squares: number;
  #steps = 0;
  /** [experts][1] likelihoods of the newest value. */
  readonly #likelihoods = Array.from({ length: VALUE_EXPERTS }, () => new Float64Array(1));

  constructor({ resolution, linear, deviation, spread }: ValueBlendOptions) {
    this.#spread = new ValueSpread({ resolution, start: spread });
    this.#share = new FixedShare({ prior: linear ? PRIOR : PRIOR_WITHOUT_LINEAR, share: SHARE });
    this.#least = (resolution / 4) ** 2;
    this.#squares = deviation * deviation;
  }

  /** Root of the mean squared error so far, in the field's unit. */
  get deviation(): number {
    return Math.sqrt(this.#squares);
  }

  /** The expected value, from the predictions [experts]. */
  mean(expected: ArrayLike<number>): number {
    const { trust } = this.#share;
    let sum = 0;
    for (let j = 0; j < VALUE_EXPERTS; j++) sum += trust[j] * expected[j];
    return sum;
  }

  /** The distribution of the value, from the predictions [experts], of which the first is the last value. */
  distribution(expected: ArrayLike<number>): NormalPart[] {
    return this.#spread.parts(this.mean(expected), expected[0]);
  }

  /** Learns the value that came after the predictions [experts]. */
  learn(expected: ArrayLike<number>, value: number): void {
    const mean = this.mean(expected);
    this.#spread.learn(value, { mean, last: expected[0] });
    const error = value - mean;
    const rate = Math.max(RATE, 1 / (++this.#steps + 10));
    this.#squares += rate * (error * error - this.#squares);
    const variance = 2 * CAUTION * Math.max(this.#squares, this.#least);
    for (let j = 0; j < VALUE_EXPERTS; j++)
      this.#likelihoods[j][0] = Math.exp(-((value - expected[j]) ** 2) / variance);
    this.#share.learn(this.#likelihoods, 0);
  }
}
