import type { ModelStore, StoredModel } from './model-store.ts';

/** Keeps models in memory, until the page is closed. */
export class MemoryModelStore implements ModelStore {
  readonly #models = new Map<string, StoredModel>();

  async load(key: string): Promise<StoredModel | null> {
    return this.#models.get(key) ?? null;
  }

  async save(model: StoredModel): Promise<void> {
    this.#models.set(model.key, { ...model, bytes: model.bytes.slice() });
  }

  async remove(key: string): Promise<void> {
    this.#models.delete(key);
  }

  async clear(): Promise<void> {
    this.#models.clear();
  }

  async size(): Promise<number> {
    return [...this.#models.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  async close(): Promise<void> {}
}
