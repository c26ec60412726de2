import type { Episode, EpisodeInfo, EpisodeStore } from '../src/core.ts';

type Parameters1<K extends keyof EpisodeStore> = Parameters<EpisodeStore[K]>;

type StoreSize = Awaited<ReturnType<EpisodeStore['size']>>;

/** A store that is opened when it is first used. Calls before that wait in order. */
export class LazyStore implements EpisodeStore {
  readonly #open: () => Promise<EpisodeStore>;
  #opened: Promise<EpisodeStore> | null = null;

  constructor(open: () => Promise<EpisodeStore>) {
    this.#open = open;
  }

  #store(): Promise<EpisodeStore> {
    return (this.#opened ??= this.#open());
  }

  async begin(...args: Parameters1<'begin'>): Promise<void> {
    return (await this.#store()).begin(...args);
  }
  async append(...args: Parameters1<'append'>): Promise<void> {
    return (await this.#store()).append(...args);
  }
  async finish(...args: Parameters1<'finish'>): Promise<void> {
    return (await this.#store()).finish(...args);
  }
  async add(...args: Parameters1<'add'>): Promise<void> {
    return (await this.#store()).add(...args);
  }
  async list(): Promise<EpisodeInfo[]> {
    return (await this.#store()).list();
  }
  async load(...args: Parameters1<'load'>): Promise<Episode[]> {
    return (await this.#store()).load(...args);
  }
  async setLearn(...args: Parameters1<'setLearn'>): Promise<void> {
    return (await this.#store()).setLearn(...args);
  }
  async remove(...args: Parameters1<'remove'>): Promise<void> {
    return (await this.#store()).remove(...args);
  }
  async undoLast(): Promise<string | null> {
    return (await this.#store()).undoLast();
  }
  async clear(): Promise<void> {
    return (await this.#store()).clear();
  }
  async size(): Promise<StoreSize> {
    return (await this.#store()).size();
  }

  /** Closes what was opened; opens nothing. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened) await (await opened).close();
  }
}
