import { pageStorage } from '../settings/settings-store.ts';
import type { TextStore } from '../settings/settings-store.ts';
import { parseReplayFile } from './replay-file.ts';
import type { ReplayFile } from './replay-file.ts';

export const SHELF_KEY = 'foresight-duel-replays';

export interface ReplayShelfOptions {
  /** Replays kept; the oldest go. */
  readonly most?: number;
  /** Characters of storage they may take up together; browsers give some 5 million to a site. */
  readonly characters?: number;
}

export const REPLAY_SHELF_DEFAULTS: Required<ReplayShelfOptions> = {
  most: 6,
  characters: 1_000_000,
};

/** The newest replays, kept in the browser. Each is a text of its own: a damaged one harms no other. */
export class ReplayShelf {
  readonly #storage: TextStore | null;
  readonly #options: Required<ReplayShelfOptions>;

  constructor(storage: TextStore | null = pageStorage(), options: ReplayShelfOptions = {}) {
    this.#storage = storage;
    this.#options = { ...REPLAY_SHELF_DEFAULTS, ...options };
  }

  /** What is kept and can be played, newest first. */
  list(): ReplayFile[] {
    return this.#texts().flatMap((text) => {
      try {
        return [parseReplayFile(text)];
      } catch {
        // Damaged, or of older rules: it goes when the next one is kept.
        return [];
      }
    });
  }

  /** Keeps a replay, the oldest ones going for it. False when it could not be kept. */
  keep(file: ReplayFile): boolean {
    if (!this.#storage) return false;
    const { most, characters } = this.#options;
    // The same duel is kept once.
    const others = this.list().filter((one) => one.hash !== file.hash || one.ticks !== file.ticks);
    const texts = [file, ...others].map((one) => JSON.stringify(one));
    while (texts.length > most || texts.reduce((sum, { length }) => sum + length, 0) > characters)
      texts.pop();
    // Where others have filled the storage, fewer of ours may still fit.
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
