import { describe, expect, it, vi } from 'vitest';
import { deleteDB, openDB } from 'idb';
import { MIGRATIONS, openDatabase } from '../../../src/record/indexeddb-schema.ts';
import { openIndexedDbStore } from '../../../src/record/indexeddb-store.ts';
import type { StoredChunk } from '../../../src/record/indexeddb-schema.ts';
import { DUELIST, KICKER, chunkAt, episodeAt, expectError, header } from '../../record/fixtures.ts';
import { storeCases } from '../../record/store-cases.ts';
import { useDatabases } from './database.ts';

const databases = useDatabases();

/** Two chunks of one step each, as they come back. */
const chunkOf = () => ({ ...chunkAt(3, 9), actions: Uint16Array.of(0, 0) });

describe('IndexedDB store', () => {
  storeCases(() => databases.store(databases.name()));
});

describe('what outlives the page', () => {
  it('is there in a new store: finished, unfinished, marked, of several specs', async () => {
    const name = databases.name();
    const first = await databases.store(name);
    await first.begin(DUELIST, header('a'));
    await first.append('a', chunkAt(1, 2));
    await first.finish('a', 'terminated', 2);
    await first.begin(DUELIST, header('b'));
    await first.append('b', chunkAt(3));
    await first.append('b', chunkAt(9));
    await first.setLearn('b', false);
    await first.begin(KICKER, header('k'));
    await first.close();

    const second = await databases.store(name);
    expect((await second.list()).map(({ id, finished }) => [id, finished])).toEqual([
      ['a', true],
      ['b', false],
      ['k', false],
    ]);
    expect(await second.load(DUELIST)).toEqual([
      episodeAt('a', 1, 2),
      { ...header('b', { end: 'truncated', endTick: 9, learn: false }), ...chunkOf() },
    ]);
    await second.append('b', chunkAt(10));
    expect(await second.undoLast()).toBe('k');
    expect((await second.load(DUELIST, ['b']))[0].ticks).toEqual(Int32Array.of(3, 9, 10));
  });

  it('is shared by tabs', async () => {
    const name = databases.name();
    const [one, two] = [await databases.store(name), await databases.store(name)];
    await Promise.all([one.begin(DUELIST, header('a')), two.begin(DUELIST, header('b'))]);
    await Promise.all([one.append('b', chunkAt(1)), two.append('a', chunkAt(2))]);
    expect((await one.load(DUELIST, ['a', 'b'])).map(({ ticks }) => [...ticks])).toEqual([
      [2],
      [1],
    ]);
    await expectError(() => two.begin(DUELIST, header('a')), 'bad-data', /already/);
  });
});

describe('a damaged episode', () => {
  type Damage = (chunk: StoredChunk) => StoredChunk | null;
  const flip: Damage = (chunk) => {
    const bytes = chunk.bytes.slice();
    bytes[3] ^= 1;
    return { ...chunk, bytes };
  };

  it.each<[string, number, Damage, RegExp]>([
    [
      'a changed byte',
      1,
      flip,
      /"b" is damaged: bytes of its chunk 1 have changed\. Delete it with remove\("b"\)/,
    ],
    ['a lost chunk', 0, () => null, /"b" is damaged: its chunk 0 is missing/],
    ['a lost end', 2, () => null, /"b" is damaged: it has 3 of its 4 steps/],
    [
      'a cut chunk',
      1,
      (chunk) => ({ ...chunk, bytes: chunk.bytes.slice(0, 8) }),
      /chunk 1 has the wrong size/,
    ],
    [
      'something else',
      1,
      (chunk) => ({ ...chunk, bytes: 'b' as never }),
      /chunk 1 has the wrong size/,
    ],
  ])('by %s is reported, and the others load', async (_, index, damage, message) => {
    const name = databases.name();
    const store = await databases.store(name);
    for (const id of ['a', 'b', 'c']) {
      await store.begin(DUELIST, header(id));
      await store.append(id, chunkAt(1, 2));
      await store.append(id, chunkAt(3));
      await store.append(id, chunkAt(4));
      await store.finish(id, 'terminated', 4);
    }
    const raw = await databases.raw(name);
    const sequence = (await raw.getKeyFromIndex('episodes', 'id', 'b')) as number;
    const damaged = damage(await raw.get('chunks', [sequence, index]));
    if (damaged) await raw.put('chunks', damaged);
    else await raw.delete('chunks', [sequence, index]);

    const reported: [string, string][] = [];
    const onDamaged = (error: Error, id: string) => reported.push([id, error.message]);
    const episodes = await store.load(DUELIST, undefined, { onDamaged });
    expect(episodes.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(reported).toEqual([['b', expect.stringMatching(message)]]);

    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect((await store.load(DUELIST, ['c', 'b'])).map(({ id }) => id)).toEqual(['c']);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(message)]]);
    warn.mockRestore();

    await store.remove('b');
    expect(await store.load(DUELIST, undefined, { onDamaged })).toHaveLength(2);
    expect(reported).toHaveLength(1);
  });
});

describe('versions of the database', () => {
  const NEXT = [
    ...MIGRATIONS,
    (database: { createObjectStore(name: string): unknown }) =>
      void database.createObjectStore('notes'),
  ];

  it('keeps recordings when it is upgraded, and does not block the upgrade from an open tab', async () => {
    const name = databases.name();
    const old = await databases.store(name);
    await old.begin(DUELIST, header('a'));
    await old.append('a', chunkAt(1, 2));

    const database = await openDatabase(name, { onClosed: () => {}, migrations: NEXT });
    expect([...database.objectStoreNames]).toEqual(['chunks', 'episodes', 'notes', 'specs']);
    expect(await database.getAll('episodes')).toMatchObject([{ id: 'a', steps: 2 }]);
    database.close();

    const closed = /another tab has upgraded or deleted the recordings\. Reload the page/;
    await expectError(() => old.append('a', chunkAt(3)), 'storage', closed);
    await expectError(() => old.list(), 'storage', closed);
  });

  it('runs only the migrations that a database has not had', async () => {
    const name = databases.name();
    const ran: number[] = [];
    const step = (version: number) => () => void ran.push(version);
    const open = async (...versions: number[]): Promise<void> => {
      const migrations = versions.map(step);
      (await openDatabase(name, { onClosed: () => {}, migrations })).close();
    };
    await open(1, 2);
    expect(ran).toEqual([1, 2]);
    await open(1, 2);
    await open(1, 2, 3, 4);
    expect(ran).toEqual([1, 2, 3, 4]);
  });

  it('refuses a database of newer code', async () => {
    const name = databases.name();
    (await openDatabase(name, { onClosed: () => {}, migrations: NEXT })).close();
    await expectError(
      () => databases.store(name),
      'wrong-version',
      /were made by a newer version of phaser-foresight\. Update the game/,
    );
  });

  it('does not wait for a tab that holds an older version open, and does not hold the database itself', async () => {
    const name = databases.name();
    const holder = await openDB(name, 1);
    const open = () => openDatabase(name, { onClosed: () => {}, migrations: NEXT });
    await expectError(open, 'storage', /held open by another tab.*Close the other tabs and reload/);
    holder.close();
    // A later connection can still upgrade or delete: the refused one closes as soon as it opens.
    await vi.waitFor(async () => (await open()).close(), { timeout: 60_000 });
  });

  it('reports when the database is deleted while it is open', async () => {
    const name = databases.name();
    const store = await databases.store(name);
    await store.begin(DUELIST, header('a'));
    const deleting = indexedDB.deleteDatabase(name);
    await new Promise((resolve) => (deleting.onsuccess = resolve));
    await expectError(() => store.append('a', chunkAt(1)), 'storage', /upgraded or deleted/);
  });

  it('does not wait for a browser that never answers, and does not hold the database later', async () => {
    const name = databases.name();
    // It ignores that another tab deletes the database, so that tab waits, and all who come after it.
    const holder = await openDB(name, 1);
    const deleted = deleteDB(name);
    const lost = vi.fn();
    await expectError(
      () => openIndexedDbStore(name, { openMs: 1, onLost: lost }),
      'storage',
      /cannot be opened: the browser does not answer/,
    );
    holder.close();
    await deleted;
    const store = await databases.store(name);
    expect(await store.list()).toEqual([]);
    await store.close();
    await deleteDB(name);
    expect(lost).not.toHaveBeenCalled();
  });

  it('calls `onLost` when another tab deletes it', async () => {
    const name = databases.name();
    const lost = vi.fn();
    const store = await openIndexedDbStore(name, { onLost: lost });
    await deleteDB(name);
    expect(lost).toHaveBeenCalledTimes(1);
    await store.close();
  });

  it('leaves the database of another program alone', async () => {
    const name = databases.name();
    (await openDB(name, 1)).close();
    await expectError(() => databases.store(name), 'storage', /belongs to another program/);
  });
});
