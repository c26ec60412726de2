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
 * A table that grows in play, session by session: as in training, the population's experts never know
 * the current session.
 */
export class GrowingTable {
  #table: ExpertTable;
  readonly #timeEdges: readonly number[];
  /** Steps of each episode of the current session. */
  #episodes: Step[][] = [];

  constructor(table: ExpertTable, { timeEdges }: GrowingTableOptions) {
    this.#table = table;
    this.#timeEdges = timeEdges;
  }

  /** The table with all sessions that have ended. */
  get table(): ExpertTable {
    return this.#table;
  }

  /** Begins an episode. */
  reset(): void {
    this.#episodes.push([]);
  }

  /** Adds the next step of the session. The object is kept. */
  push(step: Step): void {
    if (!this.#episodes.length) this.reset();
    this.#episodes[this.#episodes.length - 1].push(step);
  }

  /** Ends the session: its steps become part of the table. Returns false when there are none. */
  endSession(session: string): boolean {
    const episodes = this.#episodes.filter(({ length }) => length > 1).map(episodeOf);
    this.#episodes = [];
    if (!episodes.length) return false;
    const { plan, sessions, symbols, next, ranks, times } = this.#table;
    const rows = noteRows(plan, episodes, this.#timeEdges);
    this.#table = {
      ...this.#table,
      sessions: [...sessions, { session, steps: rows.next.length }],
      symbols: concat([symbols, rows.symbols], Uint16Array),
      next: concat([next, rows.next], Uint16Array),
      ranks: concat([ranks, rows.ranks], Uint16Array),
      times: concat([times, rows.times], Uint8Array),
    };
    return true;
  }
}
