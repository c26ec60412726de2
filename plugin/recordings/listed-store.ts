import { ForesightError } from '../../src/util/error.ts';
import type { EpisodeInfo, EpisodeStore, StoreSize } from '../../src/record/episode-store.ts';
import type { Episode } from '../../src/record/episode.ts';
import { EpisodeList } from './episode-list.ts';

type Arguments<K extends keyof EpisodeStore> = Parameters<EpisodeStore[K]>;

/**
 * A store that is opened when it is first used, and that keeps what `list` returns in memory: the
 * opened store is listed once, not at every call. Writes run one after the other, in the order of the
 * calls; reads wait for the writes before them.
 *
 * What other tabs write to the same database is listed at the next start of the game, or after a call
 * failed, for example because it was about an episode that another tab deleted. The `bytes` of
 * episodes that were stored since the start are those that their steps take in memory; `size` returns
 * the store's own count.
 */
export class ListedStore implements EpisodeStore {
  readonly #open: () => Promise<EpisodeStore>;
  #opened: Promise<EpisodeStore> | null = null;
  #closed = false;
  /** Null before the first `list`, and after a failure: it may no longer be what the store holds. */
  #list: EpisodeList | null = null;
  /** Settles when the writes so far have ended. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<EpisodeStore>) {
    this.#open = open;
  }

  begin(...args: Arguments<'begin'>): Promise<void> {
    return this.#write(
      (store) => store.begin(...args),
      (list) => list.begin(...args),
    );
  }
  append(...args: Arguments<'append'>): Promise<void> {
    return this.#write(
      (store) => store.append(...args),
      (list) => list.append(...args),
    );
  }
  finish(...args: Arguments<'finish'>): Promise<void> {
    return this.#write(
      (store) => store.finish(...args),
      (list) => list.finish(...args),
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
  clear(): Promise<void> {
    return this.#write(
      (store) => store.clear(),
      (list) => list.clear(),
    );
  }

  list(): Promise<EpisodeInfo[]> {
    // In turn with the writes, so that none runs while the store lists what it has.
    return this.#inTurn(async (store) => {
      this.#list ??= new EpisodeList(await store.list());
      return this.#list.infos();
    });
  }

  async load(...args: Arguments<'load'>): Promise<Episode[]> {
    await this.#writes;
    try {
      return await (await this.#store()).load(...args);
    } catch (error) {
      this.#list = null;
      throw error;
    }
  }

  async size(): Promise<StoreSize> {
    await this.#writes;
    return (await this.#store()).size();
  }

  /** Closes what was opened; opens nothing. */
  async close(): Promise<void> {
    await this.#writes;
    const opened = this.#opened;
    this.#closed = true;
    this.#opened = this.#list = null;
    if (opened) await (await opened).close();
  }

  async #store(): Promise<EpisodeStore> {
    if (this.#closed)
      throw new ForesightError(
        'not-ready',
        'The episode store is closed. Open a new one to store more.',
      );
    return (this.#opened ??= this.#open());
  }

  #inTurn<T>(work: (store: EpisodeStore) => Promise<T>): Promise<T> {
    const done = this.#writes.then(async () => work(await this.#store()));
    this.#writes = done.catch(() => {});
    return done;
  }

  /** @param note enters into the list what `work` did to the store */
  #write<T>(
    work: (store: EpisodeStore) => Promise<T>,
    note: (list: EpisodeList, result: T) => void,
  ): Promise<T> {
    return this.#inTurn(async (store) => {
      try {
        const result = await work(store);
        if (this.#list) note(this.#list, result);
        return result;
      } catch (error) {
        this.#list = null;
        throw error;
      }
    });
  }
}
