import { afterEach } from 'vitest';
import { deleteDB, openDB } from 'idb';
import type { IDBPDatabase } from 'idb';
import { openIndexedDbStore } from '../../../src/record/indexeddb-store.ts';
import type { EpisodeStore } from '../../../src/record/episode-store.ts';

/**
 * Names for databases of a test file. Everything opened through `store` and `raw` is closed and
 * everything named is deleted after each test.
 */
export function useDatabases(): {
  readonly name: () => string;
  readonly store: (name: string) => Promise<EpisodeStore>;
  readonly raw: (name: string) => Promise<IDBPDatabase>;
} {
  const names = new Set<string>();
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    for (const name of names) await deleteDB(name);
    names.clear();
  });
  return {
    name: () => {
      const name = `test-${crypto.randomUUID()}`;
      names.add(name);
      return name;
    },
    store: async (name) => keep(await openIndexedDbStore(name)),
    raw: async (name) => keep(await openDB(name)),
  };
}
