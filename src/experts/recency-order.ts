/**
 * A character's actions, the one it did last first; those it has not done follow in the order of the spec. The
 * place of an action, its rank, is how many other actions came since it was last done: 0 = the action before
 * again, 1 = back to the one before that.
 */
export class RecencyOrder {
  /** By rank, as far as it differs from the order of the spec. */
  readonly #actions: number[] = [];

  rankOf(action: number): number {
    return action < this.#actions.length ? this.#actions.indexOf(action) : action;
  }

  /** The action of a rank. */
  at(rank: number): number {
    return rank < this.#actions.length ? this.#actions[rank] : rank;
  }

  /** Takes the next action. Returns the rank that it had. */
  push(action: number): number {
    while (this.#actions.length <= action) this.#actions.push(this.#actions.length);
    const rank = this.rankOf(action);
    for (let i = rank; i > 0; i--) this.#actions[i] = this.#actions[i - 1];
    this.#actions[0] = action;
    return rank;
  }

  /** Begins an episode. */
  reset(): void {
    this.#actions.length = 0;
  }

  copyFrom(other: RecencyOrder): void {
    this.#actions.length = other.#actions.length;
    for (let rank = 0; rank < this.#actions.length; rank++)
      this.#actions[rank] = other.#actions[rank];
  }
}
