import { ForesightError } from '../../src/util/error.ts';
import type { EpisodeInfo, EpisodeStore, StoreSize } from '../../src/record/episode-store.ts';
import type { Episode } from '../../src/record/episode.ts';
import { asError } from '../game/error-reporter.ts';
import { EpisodeList } from './episode-list.ts';
import { openMemory } from './open-memory.ts';

type Arguments<K extends keyof EpisodeStore> = Parameters<Extract<EpisodeStore[K], Function>>;

export interface ListedStoreOptions {
  /** Opens the store, which calls `onLost` when it can no longer be used. */
  readonly open: (onLost: () => void) => Promise<EpisodeStore>;
  /** Called when the store was lost: what is not wholly stored should be written again. */
  readonly onLost?: () => void;
  /**
   * Called with the cause when memory has taken the place of a store that failed three times on end. Absent
   * for a store that is not opened again when it fails.
   */
  readonly onMemory?: (cause: Error) => void;
}

/** Failures on end after which memory takes the store's place. */
const TRIES = 3;
/** Before the second try, ms; four times as long before the third. */
const WAIT_MS = 100;

/**
 * The one owner of a store. It opens the store at its first use and again when it is lost, and keeps what
 * `list` returns in memory: the opened store is listed once, not at every call. Writes run one after the
 * other, in the order of the calls; reads wait for the writes before them.
 *
 * What other tabs write to the same database is listed at the next start of the game, or after a call
 * failed, for example because it was about an episode that another tab deleted. The `bytes` of
 * episodes that were stored since the start are those that their steps take in memory; `size` returns
 * the store's own count.
 */
export class ListedStore implements EpisodeStore {
  readonly #options: ListedStoreOptions;
  #opened: Promise<EpisodeStore> | null = null;
  #connection = 0;
  /** On end. */
  #failures = 0;
  #isMemory = false;
  #closed = false;
  /** Null before the first `list`, and after a failure: it may no longer be what the store holds. */
  #list: EpisodeList | null = null;
  /** Settles when the writes so far have ended. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(options: ListedStoreOptions) {
    this.#options = options;
  }

  get connection(): number {
    return this.#connection;
  }

  // The recorder itself looks what is left before it repeats one of these three.
  begin(...args: Arguments<'begin'>): Promise<void> {
    return this.#write(
      (store) => store.begin(...args),
      (list) => list.begin(...args),
      false,
    );
  }
  append(...args: Arguments<'append'>): Promise<void> {
    return this.#write(
      (store) => store.append(...args),
      (list) => list.append(...args),
      false,
    );
  }
  finish(...args: Arguments<'finish'>): Promise<void> {
    return this.#write(
      (store) => store.finish(...args),
      (list) => list.finish(...args),
      false,
    );
  }
  add(...args: Arguments<'add'>): Promise<void> {
    return this.#write(
      (store) => store.add(...args),
      (list) => list.add(...args),
    );
  }
  setLearn(...args: Arguments<'setLearn'>): Promise<void> {
    return this.#write(
      (store) => store.setLearn(...args),
      (list) => list.setLearn(...args),
    );
  }
  remove(...args: Arguments<'remove'>): Promise<void> {
    return this.#write(
      (store) => store.remove(...args),
      (list) => list.remove(...args),
    );
  }
  undoLast(): Promise<string | null> {
    return this.#write(
      (store) => store.undoLast(),
      (list, id) => {
        if (id !== null) list.remove(id);
      },
    );
  }

  /** Where memory has taken the store's place, rejects with `storage` when the store cannot be cleared either. */
  async clear(): Promise<void> {
    await this.#write(
      (store) => store.clear(),
      (list) => list.clear(),
    );
    if (!this.#isMemory) return;
    try {
      const store = await this.#options.open(() => {});
      await store.clear();
      await store.close();
    } catch (cause) {
      throw new ForesightError(
        'storage',
        `What earlier visits recorded could not be deleted. ${asError(cause).message}`,
        { cause },
      );
    }
  }

  /** Another tab has changed what is stored: the next `list` reads it. */
  listAgain(): void {
    this.#list = null;
  }

  list(): Promise<EpisodeInfo[]> {
    // In turn with the writes, so that none runs while the store lists what it has.
    return this.#inTurn(async (store) => {
      const connection = this.#connection;
      const list = this.#list ?? new EpisodeList(await store.list());
      if (connection === this.#connection) this.#list = list;
      return list.infos();
    });
  }

  async load(...args: Arguments<'load'>): Promise<Episode[]> {
    await this.#writes;
    return this.#use((store) => store.load(...args));
  }

  async size(): Promise<StoreSize> {
    await this.#writes;
    return this.#use((store) => store.size());
  }

  /** Closes what was opened; opens nothing. */
  async close(): Promise<void> {
    await this.#writes;
    const opened = this.#opened;
    this.#closed = true;
    this.#opened = this.#list = null;
    if (opened) await (await opened).close();
  }

  #open(): Promise<EpisodeStore> {
    const opened = this.#options.open(() => {
      if (this.#lose(opened)) this.#options.onLost?.();
    });
    return opened;
  }

  #lose(opened: Promise<EpisodeStore>): boolean {
    if (this.#opened !== opened) return false;
    this.#opened = this.#list = null;
    this.#connection++;
    return true;
  }

  /** @param again whether to repeat `work` with another connection, or with memory, when the store was lost */
  async #use<T>(work: (store: EpisodeStore) => Promise<T>, again = true): Promise<T> {
    for (;;) {
      if (this.#closed)
        throw new ForesightError(
          'not-ready',
          'The episode store is closed. Open a new one to store more.',
        );
      const opened = (this.#opened ??= this.#open());
      let store: EpisodeStore | null = null;
      try {
        store = await opened;
        const result = await work(store);
        this.#failures = 0;
        return result;
      } catch (error) {
        this.#list = null;
        const isLost = !store || (error instanceof ForesightError && error.code === 'storage');
        if (!isLost || !(await this.#recover(opened, asError(error))) || !again) throw error;
      }
    }
  }

  /** Has the next use open the store again. Returns false where that makes no sense. */
  async #recover(failed: Promise<EpisodeStore>, cause: Error): Promise<boolean> {
    const { onMemory } = this.#options;
    if (!onMemory || this.#isMemory) return false;
    // Another call that failed with it has done this already.
    if (!this.#lose(failed)) return true;
    failed.then((store) => store.close()).catch(() => {});
    if (++this.#failures < TRIES) {
      const wait = WAIT_MS * 4 ** (this.#failures - 1);
      await new Promise((resolve) => setTimeout(resolve, wait));
    } else {
      this.#isMemory = true;
      this.#opened = openMemory();
      onMemory(cause);
    }
    return true;
  }

  #inTurn<T>(work: (store: EpisodeStore) => Promise<T>, again?: boolean): Promise<T> {
    const done = this.#writes.then(() => this.#use(work, again));
    this.#writes = done.catch(() => {});
    return done;
  }

  /** @param note enters into the list what `work` did to the store */
  #write<T>(
    work: (store: EpisodeStore) => Promise<T>,
    note: (list: EpisodeList, result: T) => void,
    again?: boolean,
  ): Promise<T> {
    return this.#inTurn(async (store) => {
      const result = await work(store);
      if (this.#list) note(this.#list, result);
      return result;
    }, again);
  }
}
