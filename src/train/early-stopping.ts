/** Watches the held-out loss of each epoch. */
export class EarlyStopping {
  readonly #patience: number;
  #best = Infinity;
  #waited = 0;

  /** @param patience epochs without a better loss before `stop`; 0 = never */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** The lowest loss so far; Infinity before the first. */
  get best(): number {
    return this.#best;
  }

  /** True when the last `patience` losses were all no better than the best one. */
  get stop(): boolean {
    return this.#patience > 0 && this.#waited >= this.#patience;
  }

  /** Adds an epoch's loss. Returns true when it is the best one so far. */
  add(loss: number): boolean {
    const better = loss < this.#best;
    this.#best = better ? loss : this.#best;
    this.#waited = better ? 0 : this.#waited + 1;
    return better;
  }
}
