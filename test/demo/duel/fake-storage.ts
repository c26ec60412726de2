import type { TextStore } from '../../../demo/duel/settings/settings-store.ts';

/** A browser's storage with a limited number of characters. */
export class FakeStorage implements TextStore {
  readonly #items: Map<string, string>;
  readonly #room: number;

  constructor(items: Readonly<Record<string, string>> = {}, room = Infinity) {
    this.#items = new Map(Object.entries(items));
    this.#room = room;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.#room) throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
