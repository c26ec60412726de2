import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ListedStore } from '../../../plugin/recordings/listed-store.ts';
import type { EpisodeInfo, EpisodeStore } from '../../../src/core.ts';
import { Recorder } from '../../../src/record/recorder.ts';
import { ForesightError } from '../../../src/util/error.ts';
import { DUELIST, KICKER, OBSERVATION, chunkAt, episodeAt, header } from '../../record/fixtures.ts';
import { FailingStore } from '../../record/failing-store.ts';
import { storeCases } from '../../record/store-cases.ts';

class CountingStore extends FailingStore {
  lists = 0;
  /** Called before each attempt to write. */
  onAttempt: () => void = () => {};
  /** The next `list` rejects with it. */
  listFault: Error | null = null;

  protected override attempt(what: string): void {
    this.onAttempt();
    super.attempt(what);
  }

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
  store = new ListedStore({ open: async () => inner });
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
  await new ListedStore({ open }).close();
  expect(opened).toBe(0);
  const used = new ListedStore({ open });
  await Promise.all([used.list(), used.size(), used.clear()]);
  expect(opened).toBe(1);
});

describe('a store that fails', () => {
  const lost = (): ForesightError => new ForesightError('storage', 'no medium');

  it('is opened again, and twice more, before memory takes its place', async () => {
    vi.useFakeTimers();
    let opened = 0;
    const causes: Error[] = [];
    const fault = lost();
    const failing = new ListedStore({
      open: async () => {
        opened++;
        throw fault;
      },
      onMemory: (cause) => causes.push(cause),
    });
    const listed = failing.list();
    await vi.runAllTimersAsync();
    expect(await listed).toEqual([]);
    expect([opened, causes, failing.connection]).toEqual([3, [fault], 3]);
    await failing.add(DUELIST, episodeAt('a', 1));
    expect(await failing.list()).toMatchObject([{ id: 'a' }]);
  });

  it('and then works again is not given up, and a recording misses no step in it', async () => {
    const faults = [null, lost(), lost(), null, lost(), null, lost(), lost(), null];
    const causes: Error[] = [];
    const reopening = new ListedStore({
      open: async () => inner,
      onMemory: (cause) => causes.push(cause),
    });
    inner.close = async () => {};
    const errors: Error[] = [];
    const recorder = new Recorder({
      spec: DUELIST,
      store: reopening,
      onError: (error) => errors.push(error),
    });
    recorder.begin('hero', { id: 'a' });
    for (const [tick, fault] of faults.entries()) {
      inner.fault = fault;
      // Until the store was opened again.
      const { connection } = reopening;
      inner.onAttempt = () => {
        if (reopening.connection > connection) inner.fault = null;
      };
      recorder.act('hero', { tick, action: 'jab', observation: OBSERVATION });
      await recorder.flush();
    }
    const episode = await recorder.end('hero', 'terminated');
    expect([...episode.ticks]).toEqual(faults.map((_, tick) => tick));
    expect(await inner.load(DUELIST)).toEqual([episode]);
    expect([causes, errors]).toEqual([[], []]);
    await recorder.dispose();
  });
});
