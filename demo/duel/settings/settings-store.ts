import { defaultSettings, parseSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** The part of the browser's storage that is used; tests pass a fake. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const SETTINGS_KEY = 'foresight-duel-settings';

/** The browser's storage; null where it is forbidden. */
export function pageStorage(): TextStore | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * Holds the settings, and stores them for the next visit where the browser allows it. Damaged stored
 * settings count as none.
 */
export class SettingsStore {
  readonly defaults: Settings;
  readonly #storage: TextStore | null;
  readonly #listeners = new Set<(settings: Settings) => void>();
  #settings: Settings;

  constructor(storage: TextStore | null, reducedMotion = false) {
    this.#storage = storage;
    this.defaults = defaultSettings(reducedMotion);
    this.#settings = parseSettings(this.#load(), this.defaults);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Changes some settings, and stores all. */
  change(changes: Partial<Settings>): void {
    this.#settings = parseSettings({ ...this.#settings, ...changes }, this.#settings);
    try {
      this.#storage?.setItem(SETTINGS_KEY, JSON.stringify(this.#settings));
    } catch {
      // Storage is full or forbidden: the settings last until the page closes.
    }
    for (const listener of this.#listeners) listener(this.#settings);
  }

  /** Calls `listener` now and at every change. Returns a function that stops it. */
  follow(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#settings);
    return () => void this.#listeners.delete(listener);
  }

  #load(): unknown {
    try {
      return JSON.parse(this.#storage?.getItem(SETTINGS_KEY) ?? 'null');
    } catch {
      return null;
    }
  }
}

let shared: SettingsStore | null = null;

/** The settings store of the page. */
export function settingsStore(): SettingsStore {
  const wantsLess = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
  return (shared ??= new SettingsStore(pageStorage(), wantsLess));
}
