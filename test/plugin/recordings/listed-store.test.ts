import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ListedStore } from '../../../plugin/recordings/listed-store.ts';
import type { EpisodeInfo, EpisodeStore } from '../../../src/core.ts';
import { DUELIST, KICKER, chunkAt, episodeAt, header } from '../../record/fixtures.ts';
import { FailingStore } from '../../record/failing-store.ts';
import { storeCases } from '../../record/store-cases.ts';

class CountingStore extends FailingStore {
  lists = 0;
  /** The next `list` rejects with it. */
  listFault: Error | null = null;

  override async list(): Promise<EpisodeInfo[]> {
    this.lists++;
    const fault = this.listFault;
    this.listFault = null;
    if (fault) throw fault;
    return super.list();
  }
}

let inner: CountingStore;
let store: ListedStore;
beforeEach(() => {
  inner = new CountingStore();
  store = new ListedStore(async () => inner);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('ListedStore', () => {
  storeCases(async () => store);
});

const WRITES: ((store: EpisodeStore) => Promise<unknown>)[] = [
  (to) => to.begin(DUELIST, header('a', { endTick: 3 })),
  (to) => to.append('a', chunkAt(3, 4)),
  (to) => to.add(KICKER, { ...episodeAt('k'), endTick: 5 }),
  (to) => to.begin(DUELIST, header('b', { learn: false })),
  (to) => to.append('b', chunkAt()),
  (to) => to.append('a', chunkAt(5, 6)),
  (to) => to.finish('a', 'terminated', 9),
  (to) => to.setLearn('b', true),
  (to) => to.undoLast(),
  (to) => to.remove('unknown'),
  (to) => to.add(DUELIST, episodeAt('c', 1, 2)),
  (to) => to.setLearn('c', false),
  (to) => to.remove('a'),
  (to) => to.begin(DUELIST, header('a', { session: 'later' })),
  (to) => to.undoLast(),
  (to) => to.clear(),
  (to) => to.undoLast(),
  (to) => to.add(DUELIST, episodeAt('a', 7, 8)),
];

it('lists the store once, and is right after every write', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await inner.add(DUELIST, episodeAt('old', 1, 2));
  for (const write of WRITES) {
    await store.list();
    await write(store);
    expect(await store.list()).toEqual(await inner.list());
  }
  // Those of the test itself are the others.
  expect(inner.lists).toBe(1 + WRITES.length);
});

it('keeps the order of calls that are not awaited', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const lists = WRITES.flatMap((write) => [write(store), store.list()]).filter((_, i) => i % 2);
  const last = (await Promise.all(lists)).at(-1);
  expect(last).toEqual(await inner.list());
  expect(inner.lists).toBe(2);
});

it('gives lists that later writes leave alone', async () => {
  await store.add(DUELIST, episodeAt('a', 1));
  const before = await store.list();
  await store.setLearn('a', false);
  await store.clear();
  expect(before).toMatchObject([{ id: 'a', learn: true }]);
});

it('lists the store again after a call failed', async () => {
  await store.add(DUELIST, episodeAt('a', 1));
  await store.list();
  // As another tab would.
  await inner.remove('a');
  await expect(store.setLearn('a', false)).rejects.toMatchObject({ code: 'bad-data' });
  expect(await store.list()).toEqual([]);
  await inner.add(DUELIST, episodeAt('b', 1));
  await expect(store.load(DUELIST, ['a'])).rejects.toMatchObject({ code: 'bad-data' });
  expect(await store.list()).toMatchObject([{ id: 'b' }]);
  inner.fault = new Error('no medium');
  await expect(store.add(DUELIST, episodeAt('c', 1))).rejects.toBe(inner.fault);
  inner.fault = null;
  expect(await store.list()).toMatchObject([{ id: 'b' }]);
});

it('tries again to list a store that could not be listed', async () => {
  await inner.add(DUELIST, episodeAt('a', 1));
  inner.listFault = new Error('no medium');
  await expect(store.list()).rejects.toThrow('no medium');
  expect(await store.list()).toMatchObject([{ id: 'a' }]);
});

it('is opened by its first use, once, and not by being closed', async () => {
  let opened = 0;
  const open = async (): Promise<EpisodeStore> => {
    opened++;
    return inner;
  };
  await new ListedStore(open).close();
  expect(opened).toBe(0);
  const used = new ListedStore(open);
  await Promise.all([used.list(), used.size(), used.clear()]);
  expect(opened).toBe(1);
});
