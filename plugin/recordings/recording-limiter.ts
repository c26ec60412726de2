import type { EpisodeInfo } from '../../src/record/episode-store.ts';
import { asError } from '../game/error-reporter.ts';
import type { ListedStore } from './listed-store.ts';
import type { RecordingLimits } from './recording-limits.ts';

export interface RecordingLimiterOptions {
  readonly limits: Required<RecordingLimits>;
  readonly store: ListedStore;
  /** Name of the database, which other tabs may use too; empty where only this one does. */
  readonly name: string;
  /** Whether an episode is being recorded here, or is not wholly stored yet. */
  readonly isRecording: (id: string) => boolean;
  readonly onDeleted: () => void;
  /** Called once: later failures have the same cause. */
  readonly onError: (error: Error) => void;
}

const DAY_MS = 86_400_000;
/** Between two looks at what other tabs have stored, ms. */
const LOOK_MS = 60_000;

/**
 * Deletes the oldest episodes beyond the limits, each in a transaction of its own. Of the tabs of a game one does
 * at a time. While others may be open, an episode without an end may be what one of them records: it is kept for a
 * day. `close` it when done.
 */
export class RecordingLimiter {
  /** Resolves once other tabs can know that this one is open; to be awaited before the first write. */
  readonly present: Promise<void>;
  readonly #options: RecordingLimiterOptions;
  readonly #closed = new AbortController();
  /** Settles when what was to be deleted so far is gone. */
  #last: Promise<void> = Promise.resolve();
  /** The same, until it begins. */
  #next: Promise<void> | null = null;
  #failed = false;
  #lookedAt = -Infinity;

  constructor(options: RecordingLimiterOptions) {
    this.#options = options;
    this.present = options.name ? this.#enter() : Promise.resolve();
  }

  /** Never rejects. Calls that come before it has begun share it. */
  apply(): Promise<void> {
    this.#next ??= this.#last.then(async () => {
      this.#next = null;
      try {
        if (await this.#inTurn()) this.#options.onDeleted();
      } catch (thrown) {
        if (!this.#failed) this.#options.onError(asError(thrown));
        this.#failed = true;
      }
    });
    return (this.#last = this.#next);
  }

  /** Waits for what is being deleted, and lets the other tabs know. */
  async close(): Promise<void> {
    await this.#last;
    this.#closed.abort();
  }

  async #inTurn(): Promise<number> {
    const { name } = this.#options;
    if (!name || !globalThis.navigator?.locks) return this.#delete(!name);
    return navigator.locks.request(`${name}-limit`, { ifAvailable: true }, async (turn) =>
      turn ? this.#delete(await this.#isAlone()) : 0,
    );
  }

  /** Returns how many episodes were deleted. */
  async #delete(isAlone: boolean): Promise<number> {
    const { limits, store, isRecording } = this.#options;
    const now = Date.now();
    if (!isAlone && now - this.#lookedAt > LOOK_MS) {
      this.#lookedAt = now;
      store.listAgain();
    }
    const mayRun = ({ id, finished, startedAt }: EpisodeInfo): boolean =>
      isRecording(id) || (!isAlone && !finished && startedAt > now - DAY_MS);
    let deleted = 0;
    for (const id of beyondLimits(await store.list(), { limits, now, mayRun })) {
      await store.remove(id);
      deleted++;
    }
    return deleted;
  }

  get #tab(): string {
    return `${this.#options.name}-tab`;
  }

  /** Holds a lock that every tab of the game can hold, as long as it is open. */
  #enter(): Promise<void> {
    return new Promise((resolve) => {
      const hold = (): Promise<void> => {
        resolve();
        return new Promise((end) => this.#closed.signal.addEventListener('abort', () => end()));
      };
      // There are none in some pages, and sandboxed ones refuse them.
      const held = globalThis.navigator?.locks?.request(this.#tab, { mode: 'shared' }, hold);
      if (held) held.catch(() => resolve());
      else resolve();
    });
  }

  async #isAlone(): Promise<boolean> {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name === this.#tab).length === 1;
  }
}

interface BeyondOptions {
  readonly limits: Required<RecordingLimits>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether an episode may be one that is being recorded: it counts, and stays. */
  readonly mayRun: (info: EpisodeInfo) => boolean;
}

/** Ids of the episodes to delete, the oldest first. The newest one may have any size. */
export function beyondLimits(
  infos: readonly EpisodeInfo[],
  { limits, now, mayRun }: BeyondOptions,
): string[] {
  const newest = infos.at(-1);
  const oldest = now - limits.days * DAY_MS;
  let episodes = infos.length;
  let bytes = infos.reduce((sum, info) => sum + info.bytes, 0);
  const ids: string[] = [];
  for (const info of infos) {
    const isTooMuch = bytes > limits.bytes && info !== newest;
    const isBeyond = episodes > limits.episodes || isTooMuch || info.startedAt < oldest;
    if (!isBeyond || mayRun(info)) continue;
    ids.push(info.id);
    episodes--;
    bytes -= info.bytes;
  }
  return ids;
}
