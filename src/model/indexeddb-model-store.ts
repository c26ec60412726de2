import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { storageError } from '../record/storage-error.ts';
import { ForesightError } from '../util/error.ts';
import type { ModelStore, StoredModel } from './model-store.ts';

interface ModelsSchema extends DBSchema {
  readonly models: { key: string; value: StoredModel };
}

/** Database that is used when no name is given. */
export const DEFAULT_MODEL_DATABASE = 'phaser-foresight-models';

const VERSION = 1;

/**
 * Opens a store of models that survives the page, in the browser's IndexedDB. `close` it when done.
 * Throws `storage` when IndexedDB cannot be used, `wrong-version` when newer code made it.
 */
export async function openIndexedDbModelStore(name = DEFAULT_MODEL_DATABASE): Promise<ModelStore> {
  if (typeof indexedDB === 'undefined')
    throw new ForesightError(
      'storage',
      'IndexedDB is not available here. Use a MemoryModelStore and export the models to keep.',
    );
  try {
    const database = await openDB<ModelsSchema>(name, VERSION, {
      upgrade(opened, _old, _new, { done }) {
        opened.createObjectStore('models', { keyPath: 'key' });
        // The opening fails with it.
        done.catch(() => {});
      },
      // An open connection would block another tab that upgrades or deletes the database.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new IndexedDbModelStore(database);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError')
      throw new ForesightError(
        'wrong-version',
        `The models "${name}" were kept by a newer version of phaser-foresight. Update the game, or give another database name.`,
        { cause: error },
      );
    throw storageError(error, `Opening the models "${name}"`);
  }
}

class IndexedDbModelStore implements ModelStore {
  readonly #database: IDBPDatabase<ModelsSchema>;

  constructor(database: IDBPDatabase<ModelsSchema>) {
    this.#database = database;
  }

  load(key: string): Promise<StoredModel | null> {
    return this.#try('Reading a model', async (database) => {
      return (await database.get('models', key)) ?? null;
    });
  }

  save(model: StoredModel): Promise<void> {
    return this.#try('Storing a model', async (database) => {
      const saving = database.transaction('models', 'readwrite');
      saving.store.put(model).catch(() => {});
      // A page that is left waits for no answer: what is not committed by then is lost.
      saving.commit();
      await saving.done;
    });
  }

  remove(key: string): Promise<void> {
    return this.#try('Deleting a model', (database) => database.delete('models', key));
  }

  clear(): Promise<void> {
    return this.#try('Deleting the models', (database) => database.clear('models'));
  }

  size(): Promise<number> {
    return this.#try('Reading the models', async (database) => {
      const models = await database.getAll('models');
      return models.reduce((sum, { bytes }) => sum + bytes.length, 0);
    });
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  async #try<T>(
    doing: string,
    work: (database: IDBPDatabase<ModelsSchema>) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(this.#database);
    } catch (error) {
      throw storageError(error, doing);
    }
  }
}
