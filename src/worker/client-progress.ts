/** Values that are kept for a late or slow reader; older ones are dropped. */
export const PROGRESS_KEPT = 256;

/**
 * A stream of values that several readers can follow: the first one from the oldest value that is kept, others
 * from where they begin to read.
 */
export class ProgressFeed<T> {
  /** The newest ones. */
  readonly #values: T[] = [];
  #pushed = 0;
  #isRead = false;
  #ended = false;
  #wake: (() => void)[] = [];

  push(value: T): void {
    this.#values.push(value);
    if (this.#values.length > PROGRESS_KEPT) this.#values.shift();
    this.#pushed++;
    this.#wakeAll();
  }

  /** Ends every reader's loop. */
  end(): void {
    this.#ended = true;
    this.#wakeAll();
  }

  async *read(): AsyncGenerator<T, void> {
    let at = this.#isRead ? this.#pushed : 0;
    this.#isRead = true;
    for (;;) {
      const dropped = this.#pushed - this.#values.length;
      at = Math.max(at, dropped);
      if (at < this.#pushed) yield this.#values[at++ - dropped];
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
