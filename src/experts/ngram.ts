import { argmax, type FloatArray } from '../util/math.ts';
import { ContextTree } from './context-tree.ts';
import type { ContextTreeOptions } from './context-tree.ts';

export interface NgramOptions extends ContextTreeOptions {
  /** Number of previous actions that make a context; 0 = action frequencies alone. */
  readonly order: number;
}

/**
 * Predicts the next action from the last `order` actions: a context tree whose symbols are the past
 * actions, newest first. `learn` and `probabilities` allocate nothing, except when the tables grow.
 */
export class NgramModel {
  readonly order: number;
  readonly #tree: ContextTree;
  readonly #symbols: Uint16Array;

  /** Throws RangeError for options out of range. */
  constructor(options: NgramOptions | NgramModel) {
    if (options instanceof NgramModel) {
      this.order = options.order;
      this.#tree = options.#tree.clone();
    } else {
      const { order } = options;
      if (!Number.isInteger(order) || order < 0) throw new RangeError(`order ${order}`);
      this.order = order;
      this.#tree = new ContextTree(options);
    }
    this.#symbols = new Uint16Array(this.order);
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

  /** The most probable action after `history`; the first one where several are equal. */
  mostProbable(history: ArrayLike<number>): number {
    return argmax(this.probabilities(history));
  }

  /** Writes the context's symbols, newest first; returns how many there are. */
  #read(history: ArrayLike<number>, end: number): number {
    const depth = Math.min(this.order, end);
    for (let back = 0; back < depth; back++) this.#symbols[back] = history[end - 1 - back];
    return depth;
  }
}
