import { episodeOf } from '../record/episode.ts';
import type { Step } from '../record/episode.ts';
import { concat } from '../util/concat.ts';
import { noteRows } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';

export interface GrowingTableOptions {
  /** Upper edges of the bins of time, ticks. */
  readonly timeEdges: readonly number[];
}

/**
 * A table to which what is played is added: session by session, so that the population's experts
 * never know the session at hand, as in training.
 */
export class GrowingTable {
  #table: ExpertTable;
  readonly #timeEdges: readonly number[];
  /** Of each episode of the session at hand. */
  #episodes: Step[][] = [];

  constructor(table: ExpertTable, { timeEdges }: GrowingTableOptions) {
    this.#table = table;
    this.#timeEdges = timeEdges;
  }

  /** With all sessions that ended. */
  get table(): ExpertTable {
    return this.#table;
  }

  /** An episode begins. */
  reset(): void {
    this.#episodes.push([]);
  }

  /** Takes the next step of the session in; it is kept. */
  push(step: Step): void {
    if (!this.#episodes.length) this.reset();
    this.#episodes[this.#episodes.length - 1].push(step);
  }

  /** The session is over: its steps become part of the table. False when there were none. */
  endSession(session: string): boolean {
    const episodes = this.#episodes.filter(({ length }) => length > 1).map(episodeOf);
    this.#episodes = [];
    if (!episodes.length) return false;
    const { plan, sessions, symbols, next, times } = this.#table;
    const rows = noteRows(plan, episodes, this.#timeEdges);
    this.#table = {
      ...this.#table,
      sessions: [...sessions, { session, steps: rows.next.length }],
      symbols: concat([symbols, rows.symbols], Uint16Array),
      next: concat([next, rows.next], Uint16Array),
      times: concat([times, rows.times], Uint8Array),
    };
    return true;
  }
}
