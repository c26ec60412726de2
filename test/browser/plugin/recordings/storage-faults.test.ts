import type * as Phaser from 'phaser';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { ForesightEvents } from '../../../../plugin/index.ts';
import { decodeEpisodes } from '../../../../src/record/binary-format.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import {
  clearSiteData,
  deleteBucket,
  emptyStorage,
  fillStorage,
  useSmallBucket,
} from '../../record/quota.ts';
import { endGame, restart, sceneOf, startGame, until } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';
import type { Actor } from '../fixtures/play.ts';

useSmallBucket();

let storeName = '';
let game: Phaser.Game | null = null;
let foresight: ForesightPlugin;
let actor: Actor;
let errors: ForesightEvents['storage-error'][];
let warnings: string[];

/** Another visit of the page, as the game sees it. */
async function visit(): Promise<void> {
  await leave();
  game = await startGame({ data: { store: 'indexeddb', storeName } });
  foresight = ForesightPlugin.of(game);
  errors = [];
  warnings = [];
  foresight.events.on('storage-error', (event) => errors.push(event));
  foresight.events.on('warning', ({ message }) => warnings.push(message));
  foresight.models.define(SPEC);
  track();
}
const track = (): void =>
  void (actor = addActor(sceneOf(game!), { observe: () => ({ distance: Math.random() }) }));

async function leave(): Promise<void> {
  if (game) await endGame(game);
  game = null;
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  storeName = `test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  await leave();
  vi.restoreAllMocks();
});

const lengths = async (): Promise<number[]> =>
  (await foresight.recordings.load(SPEC)).map(({ length }) => length);
const episodesOnDisk = async (): Promise<[steps: number, learn: boolean][]> => {
  const database = await openDB(storeName);
  const { store, done } = database.transaction('episodes');
  const records = await store.getAll();
  await done;
  database.close();
  return records.map(({ steps, learn }) => [steps, learn]);
};

/** Steps that take more room than there is. */
const MANY = 60_000;

describe('while the storage is full', () => {
  beforeEach(async () => {
    await visit();
    actor.act(...habit(7));
    actor.character.endEpisode();
    await foresight.recordings.settled();
    await fillStorage();
    actor.act(...habit(MANY));
    actor.character.endEpisode();
    actor.act(...habit(5));
    actor.character.endEpisode();
    actor.act(...habit(3));
    await until(() => errors.length > 0);
  });

  it('episodes that ended stay in count, list, export and learning, and are stored once there is room', async () => {
    const { recordings } = foresight;
    expect(errors).toMatchObject([{ error: { code: 'storage-full' } }]);
    const steps = [7, MANY, 5, 3];
    expect(await recordings.count(SPEC)).toEqual({ episodes: 4, steps: 15 + MANY });
    expect(await lengths()).toEqual(steps);
    const exported = decodeEpisodes(await recordings.export(SPEC), 'exported');
    expect(exported.episodes.map(({ length }) => length)).toEqual(steps);
    // Also when the scene is gone.
    await restart(sceneOf(game!));
    expect(await lengths()).toEqual(steps);

    await emptyStorage();
    const [{ id }] = await recordings.list(SPEC);
    await recordings.remove([id]);
    await leave();
    expect((await episodesOnDisk()).map(([length]) => length)).toEqual([MANY, 5, 3]);
  });

  it('episodes that ended can be kept out of learning, and deleted', async () => {
    const { recordings } = foresight;
    const [, big, small] = await recordings.list(SPEC);
    await recordings.setLearn([big.id, small.id], false);
    expect((await recordings.list(SPEC)).map(({ learn }) => learn)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    await recordings.remove([big.id]);
    expect(await lengths()).toEqual([7, 5, 3]);
    expect(await recordings.undoLast()).not.toBeNull();
    expect(await lengths()).toEqual([7, 5]);
    await emptyStorage();
    await leave();
    expect(await episodesOnDisk()).toEqual([
      [7, true],
      [5, false],
    ]);
  });

  it('all can be deleted, and nothing comes back', async () => {
    await foresight.clearAll();
    expect(await lengths()).toEqual([]);
    await emptyStorage();
    actor.act(...habit(2));
    await leave();
    expect((await episodesOnDisk()).map(([length]) => length)).toEqual([2]);
  });
});

describe('loses no step of what is played', () => {
  beforeEach(async () => {
    await visit();
    actor.act(...habit(110));
    await foresight.recordings.writer.flush();
    expect(await episodesOnDisk()).toMatchObject([[110, true]]);
  });

  it('when another tab deletes the database', async () => {
    await deleteDB(storeName);
    expect(await lengths()).toEqual([110]);
    actor.act(...habit(10));
    actor.character.endEpisode();
    actor.act(...habit(4));
    expect(await foresight.recordings.count(SPEC)).toEqual({ episodes: 2, steps: 124 });
    await leave();
    expect(await episodesOnDisk()).toMatchObject([
      [120, true],
      [4, true],
    ]);
    expect([errors, warnings]).toEqual([[], []]);
  });

  it('when another tab deletes the database again and again', async () => {
    for (let i = 1; i <= 9; i++) {
      const deleted = deleteDB(storeName);
      actor.act(...habit(10));
      if (i % 2) await deleted;
      else await foresight.recordings.writer.flush();
    }
    expect(await lengths()).toEqual([200]);
    await leave();
    expect(await episodesOnDisk()).toMatchObject([[200, true]]);
    expect([errors, warnings]).toEqual([[], []]);
  });

  it('when the browser takes the files away: in memory, with the cause', async () => {
    await deleteBucket();
    expect(await lengths()).toEqual([110]);
    actor.act(...habit(10));
    actor.character.endEpisode();
    actor.act(...habit(4));
    const { recordings } = foresight;
    expect(await recordings.count(SPEC)).toEqual({ episodes: 2, steps: 124 });
    const exported = decodeEpisodes(await recordings.export(SPEC), 'exported');
    expect(exported.episodes.map(({ length }) => length)).toEqual([120, 4]);
    expect(warnings).toEqual([expect.stringMatching(/kept in memory from now on.*failed/)]);
    expect(recordings.place.kind).toBe('memory');
    expect(errors).toEqual([]);
    // It reports what it could not delete, and has deleted all else.
    await expect(foresight.clearAll()).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringMatching(/What earlier visits recorded could not be deleted/),
    });
    expect(await lengths()).toEqual([]);
  });
});

it('continues on disk when the browser clears the data of the site', async () => {
  // A bucket's databases cannot be cleared that way.
  vi.unstubAllGlobals();
  await visit();
  actor.act(...habit(110));
  await foresight.recordings.writer.flush();
  await clearSiteData();
  actor.act(...habit(10));
  expect(await foresight.recordings.count(SPEC)).toEqual({ episodes: 1, steps: 120 });
  await leave();
  expect(await episodesOnDisk()).toMatchObject([[120, true]]);
  expect([errors, warnings]).toEqual([[], []]);
  await deleteDB(storeName);
});

describe('records in memory, and reports the cause, when the database', () => {
  const PROGRAMS: [string, number, RegExp][] = [
    ['is of another program', 1, /belongs to another program/],
    ['is of a higher version', 7, /newer version.*another program/],
  ];
  it.each(PROGRAMS)('%s', async (_, version, cause) => {
    const upgrade = (database: { createObjectStore(name: string): unknown }): void =>
      void database.createObjectStore('saves');
    const foreign = await openDB(storeName, version, { upgrade });
    await foreign.put('saves', 'level 3', 1);
    await visit();
    actor.act(...habit(6));
    expect(await lengths()).toEqual([6]);
    expect(warnings).toEqual([expect.stringMatching(cause)]);
    await expect(foresight.clearAll()).rejects.toThrow(cause);
    expect(await lengths()).toEqual([]);
    expect(await foreign.get('saves', 1)).toBe('level 3');
    foreign.close();
  });
});
