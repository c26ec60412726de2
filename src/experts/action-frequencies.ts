import type { FloatArray } from '../util/math.ts';
import type { SimpleModel } from './simple-model.ts';

/** Half an observation added to every count (Krichevsky and Trofimov), so that nothing is impossible. */
export const HALF = 0.5;

/** Predicts the frequencies of the actions, whatever came before. */
export class ActionFrequencies implements SimpleModel {
  readonly #counts: Float64Array;
  #total: number;

  /** @param actions number of actions in the spec, or frequencies to copy */
  constructor(actions: number | ActionFrequencies) {
    const isCopy = actions instanceof ActionFrequencies;
    this.#counts = isCopy ? actions.#counts.slice() : new Float64Array(actions).fill(HALF);
    this.#total = isCopy ? actions.#total : actions * HALF;
  }

  /** Number of actions in the spec. */
  get actions(): number {
    return this.#counts.length;
  }

  clone(): ActionFrequencies {
    return new ActionFrequencies(this);
  }

  learn(_history: ArrayLike<number>, next: number): void {
    this.#counts[next]++;
    this.#total++;
  }

  probabilities(_history: ArrayLike<number>, out: FloatArray): FloatArray {
    for (let a = 0; a < out.length; a++) out[a] = this.#counts[a] / this.#total;
    return out;
  }
}
