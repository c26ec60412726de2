/** A deadline is waited for in so many parts. */
const PARTS = 4;

/** The longest wait that timers know. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/**
 * Calls `onPassed` once there was no progress for so many milliseconds, or a quarter longer. While a page
 * sleeps, or is busy itself, a worker's messages wait: that takes a part of the time at most.
 */
export class Deadline {
  readonly #ms: () => number;
  readonly #onPassed: () => void;
  #left = PARTS;
  #timer: ReturnType<typeof setTimeout>;

  /** @param ms asked for each part, for the time may change */
  constructor(ms: () => number, onPassed: () => void) {
    this.#ms = ms;
    this.#onPassed = onPassed;
    this.#timer = this.#start();
  }

  /** The whole time is left again. */
  readonly progress = (): void => {
    // One more: the part that runs now is not whole.
    this.#left = PARTS + 1;
  };

  /** It will not pass any more. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): ReturnType<typeof setTimeout> {
    const wait = Math.min(this.#ms() / PARTS, MAX_WAIT_MS);
    return setTimeout(() => {
      if (--this.#left) this.#timer = this.#start();
      else this.#onPassed();
    }, wait);
  }
}
