import { argmax } from '../util/math.ts';
import { ECE_BINS, confidenceBin } from './scorer.ts';

/** Guesses whose probability fell into one bin. */
export interface ReliabilityBin {
  readonly predictions: number;
  /** Mean probability of those guesses; NaN where there are none. */
  readonly confidence: number;
  /** Share of them that were right. */
  readonly hits: number;
}

/** How well one action was predicted. */
export interface ActionFigures {
  readonly name: string;
  /** Scored steps with this action. */
  readonly count: number;
  /** Share of them at which it was the guess; NaN where there are none. */
  readonly recall: number;
  /** Mean probability it was given at those steps. */
  readonly meanProbability: number;
}

/** The predictions of one row, action by action. */
export interface CloseUp {
  /** Name of the row. */
  readonly name: string;
  /** ECE_BINS bins of the guess's probability, ascending. */
  readonly reliability: readonly ReliabilityBin[];
  /** Actions that occurred at least once, the most frequent first. */
  readonly actions: readonly ActionFigures[];
  /** [actual][guessed] counts over `actions`, and a last column of guesses that are not among them. */
  readonly confusion: readonly (readonly number[])[];
}

/** Gathers the counts for the close-up of one row. */
export class CloseUpTally {
  readonly #bins = Array.from({ length: ECE_BINS }, () => ({ count: 0, hits: 0, confidence: 0 }));
  /** By actual action. */
  readonly #came = new Map<number, { probability: number; guesses: Map<number, number> }>();

  /** @see Scorer.add */
  add(probabilities: ArrayLike<number>, actual: number, guess = argmax(probabilities)): void {
    const bin = this.#bins[confidenceBin(probabilities[guess])];
    bin.count++;
    bin.confidence += probabilities[guess];
    if (guess === actual) bin.hits++;
    const came = this.#came.get(actual) ?? { probability: 0, guesses: new Map() };
    came.probability += probabilities[actual];
    came.guesses.set(guess, (came.guesses.get(guess) ?? 0) + 1);
    this.#came.set(actual, came);
  }

  /** @param actions names of the spec's actions */
  closeUp(name: string, actions: readonly string[]): CloseUp {
    const rows = Array.from(this.#came, ([action, { probability, guesses }]) => {
      const count = [...guesses.values()].reduce((a, b) => a + b, 0);
      return { action, count, probability, guesses };
    }).sort((a, b) => b.count - a.count || a.action - b.action);
    return {
      name,
      reliability: this.#bins.map(({ count, hits, confidence }) => ({
        predictions: count,
        confidence: confidence / (count || NaN),
        hits: hits / (count || NaN),
      })),
      actions: rows.map(({ action, count, probability, guesses }) => ({
        name: actions[action],
        count,
        recall: (guesses.get(action) ?? 0) / count,
        meanProbability: probability / count,
      })),
      confusion: rows.map(({ count, guesses }) => {
        const counts = rows.map(({ action }) => guesses.get(action) ?? 0);
        return [...counts, count - counts.reduce((a, b) => a + b, 0)];
      }),
    };
  }
}
