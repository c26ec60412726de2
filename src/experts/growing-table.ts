import { timeBin } from '../dataset/time-bins.ts';
import type { Step } from '../record/episode.ts';
import type { ExpertTable } from './expert-table.ts';
import { SymbolHistory } from './symbol-history.ts';

export interface GrowingTableOptions {
  /** Number of fields of the spec's observation. */
  readonly fields: number;
  /** Upper edges of the bins of time, ticks. */
  readonly timeEdges: readonly number[];
}

/**
 * A table to which what is played is added: session by session, so that the population's experts
 * never know the session at hand, as in training.
 */
export class GrowingTable {
  #table: ExpertTable;
  readonly #history: SymbolHistory;
  readonly #symbols: number[] = [];
  readonly #next: number[] = [];
  readonly #times: number[] = [];
  readonly #timeEdges: readonly number[];
  #lastTick = 0;
  #begun = false;

  constructor(table: ExpertTable, { fields, timeEdges }: GrowingTableOptions) {
    this.#timeEdges = timeEdges;
    this.#table = table;
    this.#history = new SymbolHistory(table.plan.sources, fields);
  }

  /** With all sessions that ended. */
  get table(): ExpertTable {
    return this.#table;
  }

  /** An episode begins. */
  reset(): void {
    this.#history.reset();
    this.#begun = false;
  }

  /** Takes the next step of the session in. */
  push(step: Step): void {
    if (this.#begun) {
      this.#symbols.push(...this.#history.symbols);
      this.#next.push(step.action);
      this.#times.push(timeBin(this.#timeEdges, step.tick - this.#lastTick));
    }
    this.#lastTick = step.tick;
    this.#begun = true;
    this.#history.push(step);
  }

  /** The session is over: its steps become part of the table. False when there were none. */
  endSession(session: string): boolean {
    const steps = this.#next.length;
    if (!steps) return false;
    const { sessions, symbols, next, times } = this.#table;
    this.#table = {
      ...this.#table,
      sessions: [...sessions, { session, steps }],
      symbols: append(symbols, this.#symbols),
      next: append(next, this.#next),
      times: Uint8Array.from([...times, ...this.#times]),
    };
    this.#times.length = 0;
    this.#symbols.length = 0;
    this.#next.length = 0;
    return true;
  }
}

function append(values: Uint16Array, more: readonly number[]): Uint16Array {
  const all = new Uint16Array(values.length + more.length);
  all.set(values);
  all.set(more, values.length);
  return all;
}
