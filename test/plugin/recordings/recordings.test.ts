import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { ForesightEvents, TypedEmitter } from '../../../plugin/game/events.ts';
import { Recordings } from '../../../plugin/recordings/recordings.ts';
import { storageError } from '../../../src/record/storage-error.ts';
import { FailingStore } from '../../record/failing-store.ts';
import { SPEC, episodeOf, habit } from '../episodes.ts';

const full = storageError(new DOMException('no room', 'QuotaExceededError'), 'Storing an episode');

afterEach(() => {
  vi.restoreAllMocks();
});

const makeEvents = (): TypedEmitter<ForesightEvents> =>
  new EventEmitter() as unknown as TypedEmitter<ForesightEvents>;

function recordingsIn(store: FailingStore, events = makeEvents()): Recordings {
  return new Recordings({ store, storeName: '', events });
}

it('an import that fails leaves whole episodes alone, and can be repeated', async () => {
  // Full after so many writes.
  class FillingStore extends FailingStore {
    room = Infinity;
    protected override attempt(what: string): void {
      if (this.room-- <= 0) this.fault = full;
      super.attempt(what);
    }
  }
  const episodes = ['a', 'b', 'c'].map((id) => episodeOf(habit(6), { id }));
  // Whichever write it is that fails.
  for (let room = 0; room < 9; room++) {
    const store = new FillingStore();
    const recordings = recordingsIn(store);
    store.room = room;
    await recordings
      .import({ spec: SPEC, episodes })
      .catch((error: unknown) => expect(error).toBe(full));
    const stored = await recordings.load(SPEC);
    expect(stored).toEqual(episodes.slice(0, stored.length));
    store.room = Infinity;
    store.fault = null;
    expect(await recordings.import({ spec: SPEC, episodes })).toBe(3 - stored.length);
    expect(await recordings.load(SPEC)).toEqual(episodes);
  }
});

it('episodes that another tab deleted are left out, those it did not are loaded', async () => {
  const store = new FailingStore();
  const recordings = recordingsIn(store);
  const episodes = ['a', 'b'].map((id) => episodeOf(habit(6), { id }));
  await recordings.import({ spec: SPEC, episodes });
  expect(await recordings.list(SPEC)).toHaveLength(2);
  await store.remove('a');
  expect(await recordings.load(SPEC)).toEqual([episodes[1]]);
  expect(await recordings.count(SPEC)).toEqual({ episodes: 1, steps: 6 });
});

it('a listener that fails does not stop what waits for the recordings', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const events = makeEvents();
  for (const event of ['storage-error', 'recordings'] as const)
    events.on(event, () => {
      throw new Error(`no ${event}`);
    });
  const recordings = recordingsIn(new FailingStore(), events);
  recordings.follow(Promise.reject(full));
  await recordings.endAll();
  expect(await recordings.count(SPEC)).toEqual({ episodes: 0, steps: 0 });
  expect(logged.mock.calls.map(([, thrown]) => String(thrown))).toEqual([
    'Error: no storage-error',
    'Error: no recordings',
  ]);
});
