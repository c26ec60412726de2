import type { FloatArray } from '../util/math.ts';
import { ActionFrequencies, HALF } from './action-frequencies.ts';

/**
 * Predicts that the last action is repeated, with the share of repeats so far as its probability; the
 * rest is spread over the other actions by their frequency.
 */
export class RepeatLast extends ActionFrequencies {
  #repeats = HALF;
  #pairs = 2 * HALF;

  /** @param actions number of actions in the spec, or a model to copy */
  constructor(actions: number | RepeatLast) {
    super(actions);
    if (typeof actions === 'number') return;
    this.#repeats = actions.#repeats;
    this.#pairs = actions.#pairs;
  }

  override clone(): RepeatLast {
    return new RepeatLast(this);
  }

  override learn(history: ArrayLike<number>, next: number, end = history.length): void {
    super.learn(history, next);
    if (!end) return;
    this.#pairs++;
    if (history[end - 1] % this.actions === next) this.#repeats++;
  }

  override probabilities(
    history: ArrayLike<number>,
    out: FloatArray,
    end = history.length,
  ): FloatArray {
    super.probabilities(history, out);
    // Where there is no other action, nothing is left for it.
    if (!end || out.length === 1) return out;
    const last = history[end - 1] % out.length;
    const again = this.#repeats / this.#pairs;
    const rest = (1 - again) / (1 - out[last]);
    for (let a = 0; a < out.length; a++) out[a] = a === last ? again : out[a] * rest;
    return out;
  }

  guess(history: ArrayLike<number>, end = history.length): number | undefined {
    return end ? history[end - 1] % this.actions : undefined;
  }
}
