import { defaultSettings, parseSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/** What of the browser's storage is needed; a fake one serves in tests. */
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
 * Holds the settings, and keeps them from visit to visit where the browser allows it. Damaged ones
 * count as none.
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

  /** Changes some of them, and keeps all. */
  change(changes: Partial<Settings>): void {
    this.#settings = parseSettings({ ...this.#settings, ...changes }, this.#settings);
    try {
      this.#storage?.setItem(SETTINGS_KEY, JSON.stringify(this.#settings));
    } catch {
      // Storage is full or forbidden: they hold until the page closes.
    }
    for (const listener of this.#listeners) listener(this.#settings);
  }

  /** Calls `listener` now and at every change; gives back how to stop that. */
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

/** The page's one set of settings. */
export function settingsStore(): SettingsStore {
  const wantsLess = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
  return (shared ??= new SettingsStore(pageStorage(), wantsLess));
}
