import type { Step } from '../record/episode.ts';

/** The last steps of one character. A new step replaces the oldest one; adding it allocates nothing. */
export class StepRing {
  readonly #capacity: number;
  readonly #fields: number;
  readonly #ticks: Int32Array;
  readonly #actions: Uint16Array;
  /** [capacity, fields] */
  readonly #values: Float32Array;
  /** [capacity, extras] additional numbers of each step. */
  readonly #extras: Float32Array;
  readonly #width: number;
  #count = 0;

  /**
   * @param fields values of a step
   * @param extras additional numbers of a step
   */
  constructor(capacity: number, fields: number, extras = 0) {
    this.#extras = new Float32Array(capacity * extras);
    this.#width = extras;
    this.#capacity = capacity;
    this.#fields = fields;
    this.#ticks = new Int32Array(capacity);
    this.#actions = new Uint16Array(capacity);
    this.#values = new Float32Array(capacity * fields);
  }

  /** Number of steps in the ring. */
  get length(): number {
    return Math.min(this.#count, this.#capacity);
  }

  /** Number of steps that were ever pushed, since the last `clear`. */
  get count(): number {
    return this.#count;
  }

  /** A ring without steps, for as many of the same kind, with other additional numbers. */
  emptyCopy(extras: number): StepRing {
    return new StepRing(this.#capacity, this.#fields, extras);
  }

  /** Copies a step in. */
  push({ tick, action, values }: Step): void {
    const at = this.#count++ % this.#capacity;
    this.#ticks[at] = tick;
    this.#actions[at] = action;
    this.#values.set(values, at * this.#fields);
  }

  /** Sets the additional numbers of the newest step. */
  note(extras: Float32Array): void {
    this.#extras.set(extras, ((this.#count - 1) % this.#capacity) * this.#width);
  }

  /** The additional numbers of the step `back` steps before the newest one; a view into the ring. */
  noted(back: number): Float32Array {
    const at = (this.#count - 1 - back) % this.#capacity;
    return this.#extras.subarray(at * this.#width, (at + 1) * this.#width);
  }

  /**
   * The newest `count` steps (all in the ring unless given), oldest first. Their values are views into
   * the ring.
   */
  *steps(count = this.length): Generator<Step> {
    for (let i = this.#count - Math.min(count, this.length); i < this.#count; i++) {
      const at = i % this.#capacity;
      yield {
        tick: this.#ticks[at],
        action: this.#actions[at],
        values: this.#values.subarray(at * this.#fields, (at + 1) * this.#fields),
      };
    }
  }

  clear(): void {
    this.#count = 0;
  }
}
