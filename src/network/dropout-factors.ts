import { createRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import type { NetworkGraph } from './graph.ts';

/**
 * Draws the factors of inverted dropout (Srivastava et al. 2014, scaled while training): 0 with
 * probability `rate`, else 1 / (1 - rate). The same seed gives the same factors on every engine.
 */
export class DropoutFactors {
  readonly #widths: readonly number[];
  readonly #rate: number;
  readonly #rng: Rng;
  #factors: readonly Float32Array[] = [];

  /** @param rate in [0, 1); 0 = never drop */
  constructor({ dropped }: NetworkGraph, { rate, seed }: { rate: number; seed: number }) {
    this.#widths = dropped;
    this.#rate = rate;
    this.#rng = createRng(seed).fork(FORK);
  }

  /**
   * Factors for one weight update over batches of `places` = B * T places: for the input of each
   * recurrent layer [places, width], of the heads [places, H] and, last, where there is a feed-forward
   * network, of its heads [places, Q]. Empty when the rate is 0. Valid until the next call.
   */
  draw(places: number): readonly Float32Array[] {
    if (!this.#rate) return [];
    const keep = 1 / (1 - this.#rate);
    if (!this.#factors.length || this.#factors[0].length !== places * this.#widths[0])
      this.#factors = this.#widths.map((width) => new Float32Array(places * width));
    for (const factors of this.#factors) this.#rng.thin(factors, this.#rate, keep);
    return this.#factors;
  }
}

/** Dropout must not draw the same numbers as others that start from the run's seed. */
const FORK = 0xd0;
