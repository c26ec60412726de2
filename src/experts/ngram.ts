import { argmax, type FloatArray } from '../util/math.ts';
import { ContextTree } from './context-tree.ts';
import type { ContextTreeOptions } from './context-tree.ts';

export interface NgramOptions extends ContextTreeOptions {
  /** Number of previous steps that make a context; 0 = action frequencies alone. */
  readonly order: number;
  /**
   * Contexts also have a category of each step. Histories are then of action + number of actions * category. Which
   * of the two is kept longer where they were never seen together?
   */
  readonly category?: 'action-first' | 'category-first';
}

/**
 * Predicts the next action from the last `order` actions, without the category in a history that has one, or with
 * it: a context tree whose symbols are the past, newest first. `learn` and `probabilities` allocate nothing, except when the tables grow.
 */
export class NgramModel {
  readonly order: number;
  readonly #tree: ContextTree;
  readonly #category: NgramOptions['category'];
  readonly #symbols: Uint16Array;

  /** Throws RangeError for options out of range. */
  constructor(options: NgramOptions | NgramModel) {
    if (options instanceof NgramModel) {
      this.order = options.order;
      this.#tree = options.#tree.clone();
      this.#category = options.#category;
    } else {
      const { order } = options;
      if (!Number.isInteger(order) || order < 0) throw new RangeError(`order ${order}`);
      this.order = order;
      this.#tree = new ContextTree(options);
      this.#category = options.category;
    }
    this.#symbols = new Uint16Array(this.order * (this.#category ? 2 : 1));
  }

  /** Number of actions in the spec. */
  get actions(): number {
    return this.#tree.actions;
  }

  /** An independent copy: fit once for the population, then let a copy follow each player. */
  clone(): NgramModel {
    return new NgramModel(this);
  }

  /**
   * Counts that `next` followed `history[0 .. end)`, oldest action first. A history shorter than
   * the order (an episode's start) teaches the shorter contexts.
   */
  learn(history: ArrayLike<number>, next: number, end = history.length): void {
    this.#tree.learn(this.#symbols, this.#read(history, end), next);
  }

  /** Learns every action of an episode. */
  learnEpisode(actions: ArrayLike<number>): void {
    for (let i = 0; i < actions.length; i++) this.learn(actions, actions[i], i);
  }

  /**
   * Writes the probabilities of the action after `history[0 .. end)` into `out` ([actions], made
   * when absent) and returns it. They sum to 1 and none is zero (in double precision).
   */
  probabilities(
    history: ArrayLike<number>,
    out: FloatArray = new Float64Array(this.actions),
    end = history.length,
  ): FloatArray {
    return this.#tree.predict(this.#symbols, this.#read(history, end), out);
  }

  /** The probability that `probabilities` gives to one action, at a fraction of the cost. */
  probability(history: ArrayLike<number>, action: number, end = history.length): number {
    return this.#tree.probability(this.#symbols, this.#read(history, end), action);
  }

  /** The most probable action after `history`; the first one where several are equal. */
  mostProbable(history: ArrayLike<number>): number {
    return argmax(this.probabilities(history));
  }

  /** Writes the context's symbols, newest first; returns how many there are. */
  #read(history: ArrayLike<number>, end: number): number {
    const steps = Math.min(this.order, end);
    let depth = 0;
    for (let back = 1; back <= steps; back++) {
      const symbol = history[end - back];
      const action = symbol % this.actions;
      if (this.#category === 'category-first')
        this.#symbols[depth++] = (symbol - action) / this.actions;
      this.#symbols[depth++] = action;
      if (this.#category === 'action-first')
        this.#symbols[depth++] = (symbol - action) / this.actions;
    }
    return depth;
  }
}
