import { medianTicks, timeBin } from '../dataset/time-bins.ts';
import { quantile } from '../util/math.ts';
import { SMALLEST } from './scorer.ts';

/** How well one predictor said when the next action comes. NaN where nothing was scored. */
export interface TimeScores {
  /** Mean of -ln(probability given to the bin of time that came), nats. */
  readonly logLoss: number;
  /** Median of |median predicted - actual time to the next action|, ticks. */
  readonly medianErrorTicks: number;
}

/** Adds up how well one predictor said when, over the bins of `edges` (ticks). */
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
   * Scores one prediction against the time that came.
   *
   * @param probabilities [edges + 1], sum 1
   * @param ticks from the step that was predicted from to the next action
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
