import { argmax } from '../util/math.ts';

/** Scores of one predictor. Shares in [0, 1], log-loss in nats; NaN where nothing was scored. */
export interface Scores {
  /** Share of steps whose action was the guess. */
  readonly top1: number;
  /** Share of steps whose action was among the first three. */
  readonly top3: number;
  /** Mean of -ln(probability of the actual action). */
  readonly logLoss: number;
  /**
   * Expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017):
   * the mean over steps of |hits - confidence| within ECE_BINS bins of the guess's probability,
   * all of the same width, each open below and closed above.
   */
  readonly ece: number;
}

export const ECE_BINS = 15;

/**
 * Stands in for a probability that vanished in single precision: the smallest one a Float32Array can
 * hold. It costs 103 nats, so that one such step does not make the whole report infinite.
 */
export const SMALLEST = 2 ** -149;

/** Bin of a guess's probability, 0 to ECE_BINS - 1. */
export const confidenceBin = (confidence: number): number =>
  Math.min(Math.max(Math.ceil(confidence * ECE_BINS) - 1, 0), ECE_BINS - 1);

/** Adds up the scores of one predictor, one step at a time. */
export class Scorer {
  #count = 0;
  #first = 0;
  #three = 0;
  #loss = 0;
  readonly #hits = new Float64Array(ECE_BINS);
  readonly #confidence = new Float64Array(ECE_BINS);

  /** Steps scored so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Scores one prediction against the actual action.
   *
   * @param probabilities [actions], sum 1; among equal ones the lower index ranks first
   * @param guess ranks first whatever its probability; the most probable action unless given
   */
  add(probabilities: ArrayLike<number>, actual: number, guess = argmax(probabilities)): void {
    const p = probabilities[actual];
    const hit = guess === actual;
    let ahead = hit ? 0 : 1;
    if (!hit)
      for (let a = 0; a < probabilities.length; a++)
        if (a !== guess && (probabilities[a] > p || (probabilities[a] === p && a < actual)))
          ahead++;
    this.#count++;
    if (hit) this.#first++;
    if (ahead < 3) this.#three++;
    this.#loss -= Math.log(Math.max(p, SMALLEST));
    const confidence = probabilities[guess];
    const bin = confidenceBin(confidence);
    if (hit) this.#hits[bin]++;
    this.#confidence[bin] += confidence;
  }

  scores(): Scores {
    const n = this.#count || NaN;
    let gap = 0;
    for (let bin = 0; bin < ECE_BINS; bin++)
      gap += Math.abs(this.#hits[bin] - this.#confidence[bin]);
    return {
      top1: this.#first / n,
      top3: this.#three / n,
      logLoss: this.#loss / n,
      ece: gap / n,
    };
  }
}
