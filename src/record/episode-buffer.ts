import type { EpisodeChunk } from './episode-store.ts';

const FIRST_CAPACITY = 64;

/** Steps in growing columns. Appending is O(1) on average. */
export class EpisodeBuffer {
  #length = 0;
  #ticks = new Int32Array(FIRST_CAPACITY);
  #actions = new Uint16Array(FIRST_CAPACITY);
  #columns: Float32Array[];

  /** @param fields number of observation columns */
  constructor(fields: number) {
    this.#columns = Array.from({ length: fields }, () => new Float32Array(FIRST_CAPACITY));
  }

  /** Number of steps. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the steps. */
  get bytes(): number {
    return this.#length * (4 + 2 + 4 * this.#columns.length);
  }

  /** Tick of the last step; undefined without steps. */
  get lastTick(): number | undefined {
    return this.#length ? this.#ticks[this.#length - 1] : undefined;
  }

  /** Action index of the last step; undefined without steps. */
  get lastAction(): number | undefined {
    return this.#length ? this.#actions[this.#length - 1] : undefined;
  }

  /** @param values [fields], copied */
  push(tick: number, action: number, values: Float32Array): void {
    const at = this.#length;
    if (at === this.#ticks.length) this.#grow(2 * at);
    this.#ticks[at] = tick;
    this.#actions[at] = action;
    for (let field = 0; field < this.#columns.length; field++)
      this.#columns[field][at] = values[field];
    this.#length++;
  }

  /** Appends all steps of a chunk with the same number of columns. */
  pushChunk({ length, ticks, actions, columns }: EpisodeChunk): void {
    const needed = this.#length + length;
    if (needed > this.#ticks.length) this.#grow(Math.max(needed, 2 * this.#ticks.length));
    this.#ticks.set(ticks, this.#length);
    this.#actions.set(actions, this.#length);
    this.#columns.forEach((column, field) => column.set(columns[field], this.#length));
    this.#length = needed;
  }

  /** Copies of the steps `from` .. `to` (exclusive). */
  slice(from = 0, to = this.#length): EpisodeChunk {
    return {
      length: to - from,
      ticks: this.#ticks.slice(from, to),
      actions: this.#actions.slice(from, to),
      columns: this.#columns.map((column) => column.slice(from, to)),
    };
  }

  #grow(capacity: number): void {
    const ticks = new Int32Array(capacity);
    ticks.set(this.#ticks);
    this.#ticks = ticks;
    const actions = new Uint16Array(capacity);
    actions.set(this.#actions);
    this.#actions = actions;
    this.#columns = this.#columns.map((column) => {
      const wider = new Float32Array(capacity);
      wider.set(column);
      return wider;
    });
  }
}
