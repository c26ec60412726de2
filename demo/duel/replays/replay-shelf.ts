import { pageStorage } from '../settings/settings-store.ts';
import type { TextStore } from '../settings/settings-store.ts';
import { parseReplayFile } from './replay-file.ts';
import type { ReplayFile } from './replay-file.ts';

export const SHELF_KEY = 'foresight-duel-replays';

export interface ReplayShelfOptions {
  /** Most replays that are stored; the oldest are removed. */
  readonly most?: number;
  /** Most characters of storage in total; browsers allow a site some 5 million. */
  readonly characters?: number;
}

export const REPLAY_SHELF_DEFAULTS: Required<ReplayShelfOptions> = {
  most: 6,
  characters: 1_000_000,
};

/** The newest replays, stored in the browser. Each is an entry of its own: a damaged one harms no other. */
export class ReplayShelf {
  readonly #storage: TextStore | null;
  readonly #options: Required<ReplayShelfOptions>;

  constructor(storage: TextStore | null = pageStorage(), options: ReplayShelfOptions = {}) {
    this.#storage = storage;
    this.#options = { ...REPLAY_SHELF_DEFAULTS, ...options };
  }

  /** The stored replays that can be played, newest first. */
  list(): ReplayFile[] {
    return this.#texts().flatMap((text) => {
      try {
        return [parseReplayFile(text)];
      } catch {
        // Damaged, or of older rules: the next `keep` removes it.
        return [];
      }
    });
  }

  /** Stores a replay, replacing the oldest. False when it could not be stored. */
  keep(file: ReplayFile): boolean {
    if (!this.#storage) return false;
    const { most, characters } = this.#options;
    // The same duel is stored only once.
    const others = this.list().filter((one) => one.hash !== file.hash || one.ticks !== file.ticks);
    const texts = [file, ...others].map((one) => JSON.stringify(one));
    while (texts.length > most || texts.reduce((sum, { length }) => sum + length, 0) > characters)
      texts.pop();
    // If other data fills the storage, fewer replays may still fit.
    for (; texts.length; texts.pop())
      try {
        this.#storage.setItem(SHELF_KEY, JSON.stringify(texts));
        return true;
      } catch {
        continue;
      }
    return false;
  }

  #texts(): string[] {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(SHELF_KEY) ?? '[]');
      return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
    } catch {
      return [];
    }
  }
}
