import { medianTicks, timeBin } from '../dataset/time-bins.ts';
import { quantile } from '../util/math.ts';
import { SMALLEST } from './scorer.ts';

/** Scores of one predictor's times to the next action. NaN where nothing was scored. */
export interface TimeScores {
  /** Mean of -ln(probability of the actual bin of time), nats. */
  readonly logLoss: number;
  /** Median of |median predicted - actual time to the next action|, ticks. */
  readonly medianErrorTicks: number;
}

/** Adds up the scores of one predictor's times, over the bins of `edges` (ticks). */
export class TimeScorer {
  readonly #edges: readonly number[];
  readonly #errors: number[] = [];
  #loss = 0;

  constructor(edges: readonly number[]) {
    this.#edges = edges;
  }

  /** Predictions scored so far. */
  get count(): number {
    return this.#errors.length;
  }

  /**
   * Scores one prediction against the actual time.
   *
   * @param probabilities [edges + 1], sum 1
   * @param ticks actual time, from the step that the prediction was made at to the next action
   */
  add(probabilities: ArrayLike<number>, ticks: number): void {
    this.#loss -= Math.log(Math.max(probabilities[timeBin(this.#edges, ticks)], SMALLEST));
    this.#errors.push(Math.abs(medianTicks(this.#edges, probabilities) - ticks));
  }

  scores(): TimeScores {
    return {
      logLoss: this.#loss / (this.count || NaN),
      medianErrorTicks: quantile(Float64Array.from(this.#errors).sort(), 0.5),
    };
  }
}
