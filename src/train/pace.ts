/** Longest time, in ms, that a run keeps the event loop to itself between two batches. */
const TURN = 16;
/** The same when the run leaves its core to others between two turns. */
const SHORT_TURN = 3;
/** Shortest time, in ms, between two pieces of news within an epoch. */
const NEWS = 100;

/** The clock of one run: how long it took without its pauses, and when others must have their turn. */
export class Pace {
  readonly #begun = performance.now();
  #paused = 0;
  #lastTurn = this.#begun;
  #lastNews = -Infinity;
  readonly #restMs: number;

  /** @param restMs time between two turns in which the run does nothing, in ms; see `TrainOptions` */
  constructor(restMs = 0) {
    this.#restMs = restMs;
  }

  /** Time worked so far. */
  get seconds(): number {
    return (performance.now() - this.#begun - this.#paused) / 1000;
  }

  /** Time left when `done` (in (0, 1]) of the work is done, at the pace so far. */
  secondsLeft(done: number): number {
    return (this.seconds * (1 - done)) / done;
  }

  /** Waits for `pause`, whose time does not count as worked. */
  async excludePause<T>(pause: Promise<T>): Promise<T> {
    const from = performance.now();
    const result = await pause;
    this.#paused += performance.now() - from;
    return result;
  }

  /** True at most ten times a second. */
  isNewsDue(): boolean {
    const now = performance.now();
    if (now - this.#lastNews < NEWS) return false;
    this.#lastNews = now;
    return true;
  }

  /** Lets messages and timers in once the run has kept the event loop long enough. */
  async yieldToEventLoop(): Promise<void> {
    if (performance.now() - this.#lastTurn < (this.#restMs ? SHORT_TURN : TURN)) return;
    if (this.#restMs) await new Promise((resolve) => setTimeout(resolve, this.#restMs));
    else await nextTask();
    this.#lastTurn = performance.now();
  }
}

/** Resolves in a later task. Unlike setTimeout it is not held back by 4 ms in browsers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
