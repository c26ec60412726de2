import type { IDBPTransaction } from 'idb';
import { crc32 } from '../util/crc32.ts';
import { ForesightError } from '../util/error.ts';
import { columnsOf } from './columns.ts';
import type { Episode, EpisodeEnd, EpisodeHeader } from './episode.ts';
import {
  appendRecord,
  beginRecord,
  chooseRecords,
  failClosed,
  failTaken,
  failUnknown,
  finishRecord,
  infoOf,
  reportDamaged,
  wholeRecord,
} from './episode-record.ts';
import type { EpisodeRecord } from './episode-record.ts';
import type {
  EpisodeChunk,
  EpisodeInfo,
  EpisodeStore,
  LoadOptions,
  StoreSize,
} from './episode-store.ts';
import { openDatabase } from './indexeddb-schema.ts';
import type { RecordingsDatabase, RecordingsSchema, StoredRecord } from './indexeddb-schema.ts';
import { joinChunks } from './join-chunks.ts';
import { packSteps } from './pack-steps.ts';
import type { CharacterSpec } from './spec.ts';
import { storageError } from './storage-error.ts';

type Store = 'specs' | 'episodes' | 'chunks';
type Read = IDBPTransaction<RecordingsSchema, Store[]>;
type Write = IDBPTransaction<RecordingsSchema, Store[], 'readwrite'>;

/** Database that is used when no name is given. */
export const DEFAULT_DATABASE = 'phaser-foresight';

const STORES: Store[] = ['specs', 'episodes', 'chunks'];

/** Keys of all chunks of an episode. */
const chunksOf = (sequence: number): IDBKeyRange =>
  IDBKeyRange.bound([sequence, 0], [sequence, Infinity]);

export interface IndexedDbStoreOptions {
  /** Called when another tab or the browser has closed the database for good: open another store. */
  readonly onLost?: () => void;
  /** Longest time until the browser has opened the database, ms. */
  readonly openMs?: number;
}

/**
 * Opens a store that survives the page, in the browser's IndexedDB. Each chunk is one transaction, so
 * what was appended is there even when the tab closes at once. Several tabs may use it together.
 * `close` it when done. Throws `storage` or `wrong-version`.
 */
export async function openIndexedDbStore(
  name = DEFAULT_DATABASE,
  { onLost, openMs }: IndexedDbStoreOptions = {},
): Promise<EpisodeStore> {
  let close = (_why: string): void => {};
  const onClosed = (why: string): void => {
    close(why);
    onLost?.();
  };
  const database = await openDatabase(name, { onClosed, openMs });
  if (!STORES.every((store) => database.objectStoreNames.contains(store))) {
    database.close();
    throw new ForesightError(
      'storage',
      `The database "${name}" belongs to another program on this site. Give the recordings another name.`,
    );
  }
  const store = new IndexedDbEpisodeStore(database);
  close = (why) => store.lose(why);
  return store;
}

class IndexedDbEpisodeStore implements EpisodeStore {
  readonly #database: RecordingsDatabase;
  #closed = false;
  /** Why the connection went away by itself. */
  #lost: string | null = null;

  constructor(database: RecordingsDatabase) {
    this.#database = database;
  }

  /** The connection was closed by other code. */
  lose(why: string): void {
    this.#lost = why;
  }

  begin(spec: CharacterSpec, header: EpisodeHeader): Promise<void> {
    return this.#write('Storing a new episode', async (transaction) => {
      await addRecord(transaction, spec, beginRecord(spec, header));
    });
  }

  append(id: string, chunk: EpisodeChunk): Promise<void> {
    return this.#write('Storing recorded steps', async (transaction) => {
      const before = await recordOf(transaction, id);
      const spec = await transaction.objectStore('specs').get(before.specHash);
      const after = appendRecord(spec?.spec ?? failUnknown(id), before, chunk);
      if (!chunk.length) return;
      await addChunk(transaction, before, chunk);
      await put(transaction, before, after);
    });
  }

  finish(id: string, end: EpisodeEnd, endTick: number): Promise<void> {
    return this.#write('Storing the end of an episode', async (transaction) => {
      const before = await recordOf(transaction, id);
      await put(transaction, before, finishRecord(before, end, endTick));
    });
  }

  add(spec: CharacterSpec, episode: Episode): Promise<void> {
    return this.#write('Storing an episode', async (transaction) => {
      const record = wholeRecord(spec, episode);
      const sequence = await addRecord(transaction, spec, record);
      if (episode.length) await addChunk(transaction, { sequence, chunks: 0 }, episode);
    });
  }

  list(): Promise<EpisodeInfo[]> {
    return this.#read(['episodes'], async (transaction) => {
      return (await transaction.objectStore('episodes').getAll()).map(infoOf);
    });
  }

  async load(
    spec: CharacterSpec,
    ids?: readonly string[],
    options: LoadOptions = {},
  ): Promise<Episode[]> {
    const { records, specs } = await this.#read(['episodes', 'specs'], async (transaction) => {
      const stored = transaction.objectStore('episodes');
      // Without reading the records of all others; what is unknown fails below.
      const byId = ids && (await Promise.all(ids.map((id) => stored.index('id').get(id))));
      return {
        records: byId?.filter((record) => record !== undefined) ?? (await stored.getAll()),
        specs: await transaction.objectStore('specs').getAll(),
      };
    });
    const byHash = new Map(specs.map((one) => [one.hash, one.spec]));
    const chosen = chooseRecords(records, {
      spec,
      ids,
      specOf: ({ id, specHash }) => byHash.get(specHash) ?? failUnknown(id),
    });
    const episodes: Episode[] = [];
    for (const { id, sequence } of chosen) {
      try {
        const episode = await this.#loadOne(spec, sequence);
        if (episode) episodes.push(episode);
      } catch (error) {
        if (!(error instanceof ForesightError) || error.code !== 'corrupt-file') throw error;
        reportDamaged(error, id, options);
      }
    }
    return episodes;
  }

  setLearn(id: string, learn: boolean): Promise<void> {
    return this.#write('Marking an episode', async (transaction) => {
      const before = await recordOf(transaction, id);
      await put(transaction, before, { ...before, learn });
    });
  }

  remove(id: string): Promise<void> {
    return this.#write('Deleting an episode', async (transaction) => {
      const sequence = await transaction.objectStore('episodes').index('id').getKey(id);
      if (sequence !== undefined) await removeOne(transaction, sequence);
    });
  }

  undoLast(): Promise<string | null> {
    return this.#write('Deleting the last episode', async (transaction) => {
      const last = await transaction.objectStore('episodes').openCursor(null, 'prev');
      if (!last) return null;
      const { id, sequence } = last.value;
      await removeOne(transaction, sequence);
      return id;
    });
  }

  clear(): Promise<void> {
    return this.#write('Deleting all episodes', async (transaction) => {
      await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
    });
  }

  size(): Promise<StoreSize> {
    return this.#read(['episodes'], async (transaction) => {
      const records = await transaction.objectStore('episodes').getAll();
      return {
        episodes: records.length,
        steps: records.reduce((sum, { steps }) => sum + steps, 0),
        bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#database.close();
  }

  /** Null when the episode was deleted meanwhile. A transaction of its own: damage stays with it. */
  async #loadOne(spec: CharacterSpec, sequence: number): Promise<Episode | null> {
    const [record, chunks] = await this.#read(['episodes', 'chunks'], (transaction) =>
      Promise.all([
        transaction.objectStore('episodes').get(sequence),
        transaction.objectStore('chunks').getAll(chunksOf(sequence)),
      ]),
    );
    return record ? joinChunks(record, chunks, columnsOf(spec).length) : null;
  }

  #require(): RecordingsDatabase {
    if (this.#closed) failClosed();
    if (this.#lost !== null)
      throw new ForesightError(
        'storage',
        `The recordings cannot be reached any more: ${this.#lost}. Reload the page.`,
      );
    return this.#database;
  }

  async #read<T>(stores: Store[], work: (transaction: Read) => Promise<T>): Promise<T> {
    try {
      const transaction = this.#require().transaction(stores);
      // What was asked for rejects with it.
      transaction.done.catch(() => {});
      return await work(transaction);
    } catch (error) {
      throw storageError(error, 'Reading the recordings');
    }
  }

  /** All of `work` in one transaction, or nothing of it. */
  async #write<T>(doing: string, work: (transaction: Write) => Promise<T>): Promise<T> {
    let transaction: Write | undefined;
    try {
      transaction = this.#require().transaction(STORES, 'readwrite', { durability: 'relaxed' });
      // Awaited below; without this a failing `work` would leave it unhandled.
      transaction.done.catch(() => {});
      const result = await work(transaction);
      await transaction.done;
      return result;
    } catch (error) {
      // The transaction knows the true reason; a request in it only that it was aborted.
      const reason = transaction?.error ?? error;
      abort(transaction);
      throw storageError(reason, doing);
    }
  }
}

async function recordOf(transaction: Write, id: string): Promise<StoredRecord> {
  return (await transaction.objectStore('episodes').index('id').get(id)) ?? failUnknown(id);
}

/** Adds the record of an episode that is not there yet; returns the key that the database gave it. */
async function addRecord(
  transaction: Write,
  spec: CharacterSpec,
  record: EpisodeRecord,
): Promise<number> {
  const episodes = transaction.objectStore('episodes');
  if (await episodes.index('id').getKey(record.id)) failTaken(record.id);
  await transaction.objectStore('specs').put({ hash: record.specHash, spec });
  return episodes.add(record as StoredRecord);
}

/** Adds steps after the chunks that an episode has. */
async function addChunk(
  transaction: Write,
  { sequence, chunks }: Pick<StoredRecord, 'sequence' | 'chunks'>,
  chunk: EpisodeChunk,
): Promise<void> {
  const bytes = packSteps(chunk);
  await transaction.objectStore('chunks').add({
    episode: sequence,
    index: chunks,
    length: chunk.length,
    bytes,
    crc: crc32(bytes),
  });
}

async function put(
  transaction: Write,
  { sequence }: StoredRecord,
  after: Omit<StoredRecord, 'sequence'>,
): Promise<void> {
  await transaction.objectStore('episodes').put({ ...after, sequence });
}

async function removeOne(transaction: Write, sequence: number): Promise<void> {
  await transaction.objectStore('chunks').delete(chunksOf(sequence));
  await transaction.objectStore('episodes').delete(sequence);
}

function abort(transaction: Write | undefined): void {
  try {
    transaction?.abort();
  } catch {
    // It had ended already.
  }
}
