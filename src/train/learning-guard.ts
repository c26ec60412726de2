import type { NetworkLosses } from '../network/losses.ts';

/** Steps that the figures are taken over: each step counts a hundredth less than the next one. */
const STEPS = 100;

/** How one set of weights predicted recently; NaN before the first step. */
export interface RecentScores {
  /** Mean log-loss of the network's next action, with the votes of its experts, in nats. */
  readonly logLoss: number;
  /** Share of actions guessed right, in [0, 1]. */
  readonly accuracy: number;
}

type Loss = Pick<NetworkLosses, 'loss'>;

/** Compares the weights that learn with those that they began from, on the same steps. */
export class LearningGuard {
  readonly #tolerance: number;
  readonly #learned = new RecentMean();
  readonly #frozen = new RecentMean();

  /** @param tolerance see `OnlineOptions` */
  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  /** Adds how both predicted the same steps, before learning from them. */
  add(learned: NetworkLosses, frozen: NetworkLosses): void {
    this.#learned.add(learned);
    this.#frozen.add(frozen);
  }

  /** Whether the learned weights are worse by more than the tolerance. Before some hundred steps it takes more. */
  get isWorse(): boolean {
    return this.isFarOff(this.#learned, this.#frozen);
  }

  /** Whether they are so on a few steps alone. */
  isFarOff(learned: Loss, frozen: Loss): boolean {
    return !(learned.loss - frozen.loss <= this.#tolerance);
  }

  get learned(): RecentScores {
    return this.#learned.scores;
  }

  get frozen(): RecentScores {
    return this.#frozen.scores;
  }

  /** Both are the same weights again. */
  reset(): void {
    this.#learned.set(this.#frozen);
  }
}

/** Means over the last steps, the newest ones counting most. */
class RecentMean {
  /** A weighted sum like the others; the sum of the weights approaches 1. */
  loss = 0;
  #action = 0;
  #correct = 0;
  #weight = 0;

  add({ loss, action, correct, targets }: NetworkLosses): void {
    const kept = (1 - 1 / STEPS) ** targets;
    this.loss = kept * this.loss + (1 - kept) * loss;
    this.#action = kept * this.#action + (1 - kept) * action;
    this.#correct = kept * this.#correct + (1 - kept) * (correct / targets);
    this.#weight = kept * this.#weight + 1 - kept;
  }

  set(other: RecentMean): void {
    this.loss = other.loss;
    this.#action = other.#action;
    this.#correct = other.#correct;
    this.#weight = other.#weight;
  }

  get scores(): RecentScores {
    return { logLoss: this.#action / this.#weight, accuracy: this.#correct / this.#weight };
  }
}
