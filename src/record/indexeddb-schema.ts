import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { ForesightError } from '../util/error.ts';
import type { EpisodeRecord } from './episode-record.ts';
import type { CharacterSpec } from './spec.ts';
import { storageError } from './storage-error.ts';

/** A stored episode. `sequence` counts up in the order in which episodes begin. */
export interface StoredRecord extends EpisodeRecord {
  readonly sequence: number;
}

/** Packed steps. */
export interface StoredChunk {
  /** `sequence` of its episode. */
  readonly episode: number;
  /** 0 for the episode's first chunk, then increasing without gaps. */
  readonly index: number;
  /** Number of steps. */
  readonly length: number;
  /** See `packSteps`. */
  readonly bytes: Uint8Array;
  /** CRC-32 of `bytes`. */
  readonly crc: number;
}

/** Version 1 of the database. */
export interface RecordingsSchema extends DBSchema {
  readonly specs: { key: string; value: { hash: string; spec: CharacterSpec } };
  readonly episodes: { key: number; value: StoredRecord; indexes: { id: string } };
  readonly chunks: { key: [number, number]; value: StoredChunk };
}

export type RecordingsDatabase = IDBPDatabase<RecordingsSchema>;

/** Upgrades a database from version i to i + 1. */
export type Migration = (database: RecordingsDatabase) => void;

/** One per version, in order; none may ever change, as old databases run those they have not run yet. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.createObjectStore('specs', { keyPath: 'hash' });
    database
      .createObjectStore('episodes', { keyPath: 'sequence', autoIncrement: true })
      .createIndex('id', 'id', { unique: true });
    database.createObjectStore('chunks', { keyPath: ['episode', 'index'] });
  },
];

export interface OpenDatabaseOptions {
  /** Called with the reason when another tab's upgrade or the browser has closed the connection. */
  readonly onClosed: (why: string) => void;
  readonly migrations?: readonly Migration[];
  /** Longest time until the browser answers, ms. */
  readonly openMs?: number;
}

export const OPEN_DEFAULTS = { openMs: 4000 } as const satisfies Partial<OpenDatabaseOptions>;

/**
 * Opens the database and upgrades it to the newest version. Throws `wrong-version` when it was made by
 * newer code, `storage` when another tab keeps an older version open, the browser does not answer, or
 * IndexedDB cannot be used.
 */
export async function openDatabase(
  name: string,
  { onClosed, migrations = MIGRATIONS, openMs = OPEN_DEFAULTS.openMs }: OpenDatabaseOptions,
): Promise<RecordingsDatabase> {
  if (typeof indexedDB === 'undefined')
    throw new ForesightError(
      'storage',
      'IndexedDB is not available here. Use a MemoryEpisodeStore and export what should be kept.',
    );
  return new Promise((resolve, reject) => {
    let database: RecordingsDatabase | undefined;
    let abandoned = false;
    const abandon = (why: string): void => {
      abandoned = true;
      reject(new ForesightError('storage', why));
    };
    const late = setTimeout(
      () =>
        abandon(
          `The recordings "${name}" cannot be opened: the browser does not answer. Reload the page.`,
        ),
      openMs,
    );
    openDB<RecordingsSchema>(name, migrations.length, {
      upgrade(opened, oldVersion, _version, { done }) {
        // The opening fails with it.
        done.catch(() => {});
        for (const migrate of migrations.slice(oldVersion)) migrate(opened);
      },
      blocked() {
        abandon(
          `The recordings "${name}" are held open by another tab with an older version of this game. Close the other tabs and reload.`,
        );
      },
      blocking() {
        // Otherwise the other tab would wait until this one is closed.
        database?.close();
        onClosed('another tab has upgraded or deleted the recordings');
      },
      terminated() {
        onClosed('the browser has closed the database, perhaps because site data were cleared');
      },
    }).then(
      (opened) => {
        clearTimeout(late);
        database = opened;
        if (abandoned) opened.close();
        else resolve(opened);
      },
      (error: unknown) => {
        clearTimeout(late);
        reject(openError(name, error));
      },
    );
  });
}

function openError(name: string, error: unknown): ForesightError {
  if (error instanceof DOMException && error.name === 'VersionError')
    return new ForesightError(
      'wrong-version',
      `The recordings "${name}" were made by a newer version of phaser-foresight. Update the game, or give another database name: another program may use this one.`,
      { cause: error },
    );
  return storageError(error, `Opening the recordings "${name}"`);
}
