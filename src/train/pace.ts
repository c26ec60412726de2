/** Longest time, in ms, that a run keeps the event loop to itself, but for the batch in progress. */
const LONGEST_SLICE = 16;
/** The same for a run that leaves its core to others between two slices. */
const SHORT_SLICE = 3;
/** Shortest time, in ms, between two progress reports within an epoch. */
const REPORT_INTERVAL = 100;

/** The clock of one run: time worked without its pauses, and when to report or to let others work. */
export class Pace {
  readonly #begun = performance.now();
  #paused = 0;
  #lastYield = this.#begun;
  #lastReport = -Infinity;
  readonly #restMs: number;

  /** @param restMs idle time between two slices of work, in ms; see `TrainOptions` */
  constructor(restMs = 0) {
    this.#restMs = restMs;
  }

  /** Seconds worked so far. */
  get seconds(): number {
    return (performance.now() - this.#begun - this.#paused) / 1000;
  }

  /** Seconds left when `done` (in (0, 1]) of the work is done, at the pace so far. */
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
  isReportDue(): boolean {
    const now = performance.now();
    if (now - this.#lastReport < REPORT_INTERVAL) return false;
    this.#lastReport = now;
    return true;
  }

  /** Lets messages and timers in once the run has kept the event loop long enough. */
  async yieldToEventLoop(): Promise<void> {
    if (performance.now() - this.#lastYield < (this.#restMs ? SHORT_SLICE : LONGEST_SLICE)) return;
    if (this.#restMs) await new Promise((resolve) => setTimeout(resolve, this.#restMs));
    else await nextTask();
    this.#lastYield = performance.now();
  }
}

/** Resolves in a later task. Browsers delay setTimeout by 4 ms, but not this. */
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
