import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ForesightEvents, TypedEmitter } from '../../../plugin/game/events.ts';
import { RECORDING_LIMITS } from '../../../plugin/recordings/recording-limits.ts';
import type { RecordingLimits } from '../../../plugin/recordings/recording-limits.ts';
import { Recordings } from '../../../plugin/recordings/recordings.ts';
import { defineSpec } from '../../../src/core.ts';
import type { EpisodeStore } from '../../../src/core.ts';
import { MemoryEpisodeStore } from '../../../src/record/memory-store.ts';
import { Recorder } from '../../../src/record/recorder.ts';
import { ForesightError } from '../../../src/util/error.ts';
import { SPEC, habit } from '../episodes.ts';

const DAY = 86_400_000;
/** Of a step in memory: tick, action, one number. */
const STEP_BYTES = 10;

let events: TypedEmitter<ForesightEvents>;
let recordings: Recordings;
let recorder: Recorder;
let tick = 0;

function begin(limits?: RecordingLimits | false, store: 'memory' | EpisodeStore = 'memory'): void {
  events = new EventEmitter() as unknown as TypedEmitter<ForesightEvents>;
  recordings = new Recordings({ store, storeName: '', limits, events });
  recorder = new Recorder({ spec: SPEC, writer: recordings.writer });
}

function act(character: string, steps: number): void {
  for (const action of habit(steps))
    recorder.act(character, {
      tick: (tick += 20),
      action: SPEC.action.actions[action],
      observation: { distance: 1 },
    });
}

/** Records a whole episode, which has its character's name as id. */
async function play(character: string, steps = 3): Promise<void> {
  recorder.begin(character, { id: character });
  act(character, steps);
  recordings.follow(recorder.end(character, 'terminated'));
  await recordings.settled();
}

const ids = async (): Promise<string[]> => (await recordings.list(SPEC)).map(({ id }) => id);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 10_000 * DAY });
});
afterEach(async () => {
  await recordings.close();
  vi.useRealTimers();
});

const ALL = { episodes: Infinity, bytes: Infinity, days: Infinity };

it('deletes the oldest episodes beyond a number', async () => {
  begin({ ...ALL, episodes: 2 });
  for (const id of ['a', 'b', 'c', 'd']) await play(id);
  expect(await ids()).toEqual(['c', 'd']);
  expect(await recordings.store.size()).toMatchObject({ episodes: 2, steps: 6 });
});

it('deletes the oldest episodes beyond a number of bytes', async () => {
  begin({ ...ALL, bytes: 20 * STEP_BYTES });
  await play('a', 8);
  await play('b', 8);
  expect(await ids()).toEqual(['a', 'b']);
  await play('c', 8);
  expect(await ids()).toEqual(['b', 'c']);
  // The newest one may have any size, until there is another one.
  await play('d', 30);
  expect(await ids()).toEqual(['d']);
  await play('e', 1);
  expect(await ids()).toEqual(['e']);
});

it('deletes what was recorded so many days ago', async () => {
  begin({ ...ALL, days: 30 });
  await play('a');
  vi.setSystemTime(10_020 * DAY);
  await play('b');
  vi.setSystemTime(10_030 * DAY);
  await play('c');
  expect(await ids()).toEqual(['a', 'b', 'c']);
  vi.setSystemTime(10_030 * DAY + 1);
  await play('d');
  expect(await ids()).toEqual(['b', 'c', 'd']);
  // A clock that was wrong, and is set back, deletes nothing.
  vi.setSystemTime(9_000 * DAY);
  await play('e');
  expect(await ids()).toEqual(['b', 'c', 'd', 'e']);
});

it('counts what is being recorded, and keeps it', async () => {
  begin({ ...ALL, episodes: 2, days: 1 });
  for (const id of ['old', 'other']) recorder.begin(id, { id });
  act('old', 3);
  act('other', 3);
  await recorder.flush();
  await play('a');
  expect(await ids()).toEqual(['old', 'other']);
  vi.setSystemTime(10_005 * DAY);
  act('old', 3);
  recordings.follow(recorder.end('other', 'terminated'));
  await recordings.settled();
  expect(await ids()).toEqual(['old']);
  expect((await recordings.load(SPEC))[0].length).toBe(6);
});

it('counts episodes of every spec together', async () => {
  begin({ ...ALL, episodes: 2 });
  await play('a');
  const others = {
    spec: defineSpec({ ...SPEC, action: ['strike', 'throw', 'jump'] }),
    episodes: [],
  };
  const [episode] = await recordings.load(SPEC);
  await recordings.import({ ...others, episodes: [{ ...episode, id: 'b' }] });
  await play('c');
  expect(await ids()).toEqual(['c']);
  expect((await recordings.store.list()).map(({ id }) => id)).toEqual(['b', 'c']);
});

it('applies to what is imported', async () => {
  begin({ ...ALL, episodes: 3 });
  for (const id of ['a', 'b']) await play(id);
  const [episode] = await recordings.load(SPEC);
  const episodes = ['i', 'j'].map((id) => ({ ...episode, id }));
  expect(await recordings.import({ spec: SPEC, episodes })).toBe(2);
  expect(await ids()).toEqual(['b', 'i', 'j']);
});

it('keeps the newest of many that end at once', async () => {
  begin({ ...ALL, episodes: 1 });
  const names = Array.from({ length: 50 }, (_, i) => `c${i}`);
  for (const name of names) {
    recorder.begin(name, { id: name });
    act(name, 1);
  }
  for (const name of names) recordings.follow(recorder.end(name, 'truncated'));
  await recordings.settled();
  expect(await ids()).toEqual(['c49']);
});

describe('by default', () => {
  const LIMITS = { episodes: 10_000, bytes: 50e6, days: Infinity };

  it('10,000 episodes and 50 MB are kept, and limits that are set replace these one by one', () => {
    begin();
    expect([RECORDING_LIMITS, recordings.limits]).toEqual([LIMITS, LIMITS]);
    begin({ days: 7, bytes: undefined });
    expect(recordings.limits).toEqual({ ...LIMITS, days: 7 });
  });

  it('everything is kept with false, and in a store of the game', async () => {
    begin(false);
    expect(recordings.limits).toBe(false);
    begin(undefined, new MemoryEpisodeStore());
    expect(recordings.limits).toBe(false);
    begin({ episodes: 1 }, new MemoryEpisodeStore());
    for (const id of ['a', 'b']) await play(id);
    expect(await ids()).toEqual(['b']);
  });
});

it('reports once that nothing can be deleted, and recording continues', async () => {
  const fault = new ForesightError('storage', 'no medium');
  class Undeletable extends MemoryEpisodeStore {
    override async remove(): Promise<void> {
      throw fault;
    }
  }
  begin({ episodes: 1 }, new Undeletable());
  const errors: Error[] = [];
  events.on('storage-error', ({ error }) => errors.push(error));
  for (const id of ['a', 'b', 'c']) await play(id);
  expect(await ids()).toEqual(['a', 'b', 'c']);
  expect(errors).toEqual([fault]);
});

it.each([
  [{ episodes: 0 }, 'keepRecordings.episodes is 0'],
  [{ bytes: -1 }, 'keepRecordings.bytes is -1'],
  [{ days: NaN }, 'keepRecordings.days is NaN'],
  [{ days: '30' }, 'keepRecordings.days is 30'],
  [{ megabytes: 5 }, 'keepRecordings.megabytes is 5'],
  [5, 'keepRecordings is 5'],
])('refuses %j', (limits, message) => {
  expect(() => begin(limits as RecordingLimits)).toThrow(
    `${message}. Give numbers above 0 for episodes, bytes or days, or false to keep all.`,
  );
});
