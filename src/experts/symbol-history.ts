import { timeBin } from '../dataset/time-bins.ts';
import type { Step } from '../record/episode.ts';
import { RecencyOrder } from './recency-order.ts';
import { HISTORY } from './symbol-source.ts';
import type { SymbolSource } from './symbol-source.ts';

/**
 * A character's last steps, read through sources: after each `push`, `symbols` holds what they read.
 * Allocates nothing in play.
 */
export class SymbolHistory {
  /** [sources] symbols of the newest step; overwritten by the next one. */
  readonly symbols: Uint16Array;
  /** Of the episode so far; only read it. */
  readonly order = new RecencyOrder();
  readonly #sources: readonly SymbolSource[];
  /** Newest first; only the first `#steps` count. */
  readonly #actions = new Uint16Array(HISTORY + 1);
  readonly #ranks = new Uint16Array(HISTORY + 1);
  readonly #ticks = new Float64Array(HISTORY + 1);
  readonly #values: readonly Float32Array[];
  #steps = 0;

  /** @param fields values of a step */
  constructor(sources: readonly SymbolSource[], fields: number) {
    this.#sources = sources;
    this.symbols = new Uint16Array(sources.length);
    this.#values = Array.from({ length: 2 }, () => new Float32Array(fields));
  }

  /** Begins an episode. */
  reset(): void {
    this.#steps = 0;
    this.order.reset();
    this.symbols.fill(0);
  }

  /** Takes over the steps of another history of the same sources and fields. */
  copyFrom(other: SymbolHistory): void {
    this.symbols.set(other.symbols);
    this.order.copyFrom(other.order);
    this.#actions.set(other.#actions);
    this.#ranks.set(other.#ranks);
    this.#ticks.set(other.#ticks);
    this.#values.forEach((values, back) => values.set(other.#values[back]));
    this.#steps = other.#steps;
  }

  /** Adds the next step. Its values are copied; NaN = missing. */
  push({ tick, action, values }: Step): void {
    this.#actions.copyWithin(1, 0);
    this.#ranks.copyWithin(1, 0);
    this.#ticks.copyWithin(1, 0);
    this.#values[1].set(this.#values[0]);
    this.#actions[0] = action;
    this.#ranks[0] = this.order.push(action);
    this.#ticks[0] = tick;
    this.#values[0].set(values);
    this.#steps++;
    for (let i = 0; i < this.#sources.length; i++) this.symbols[i] = this.#read(this.#sources[i]);
  }

  #read(source: SymbolSource): number {
    switch (source.kind) {
      case 'action':
        return source.back < this.#steps ? this.#actions[source.back] + 1 : 0;
      case 'recency':
        // The first action of an episode comes after none.
        return source.back + 1 < this.#steps ? this.#ranks[source.back] + 1 : 0;
      case 'duration': {
        const { back, edges } = source;
        if (back + 1 >= this.#steps) return 0;
        return 1 + timeBin(edges, this.#ticks[back] - this.#ticks[back + 1]);
      }
      case 'number': {
        const { field, by } = source;
        const [now] = this.#values;
        const value = by === undefined ? now[field] : now[field] * now[by];
        return Number.isFinite(value) ? 1 + timeBin(source.edges, value) : 0;
      }
      case 'place': {
        if (source.back >= this.#steps) return 0;
        const value = this.#values[source.back][source.field];
        return value >= 0 && value < source.size ? 1 + value : 0;
      }
      default:
        return source satisfies never;
    }
  }
}
