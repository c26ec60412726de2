import type * as Phaser from 'phaser';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { ForesightOptions } from '../../../../plugin/index.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { endGame, sceneOf, startGame } from '../fixtures/game.ts';
import { openOtherTab } from '../fixtures/open-other-tab.ts';
import { addActor } from '../fixtures/play.ts';
import type { Actor } from '../fixtures/play.ts';

const DAY = 86_400_000;
const NOW = 10_000 * DAY;

let storeName = '';
let game: Phaser.Game | null = null;
let foresight: ForesightPlugin;
let actor: Actor;

async function visit(keepRecordings: ForesightOptions['keepRecordings']): Promise<void> {
  game = await startGame({
    data: { store: 'indexeddb', storeName, remember: false, keepRecordings },
  });
  foresight = ForesightPlugin.of(game);
  foresight.models.define(SPEC);
  actor = addActor(sceneOf(game));
}

async function leave(): Promise<void> {
  if (game) await endGame(game);
  game = null;
}

/** Plays an episode of so many steps to its end. */
async function play(steps: number): Promise<void> {
  actor.act(...habit(steps));
  actor.character.endEpisode();
  await foresight.recordings.settled();
}

const lengths = async (): Promise<number[]> =>
  (await foresight.recordings.load(SPEC)).map(({ length }) => length);

/** Steps of each episode on disk; throws when a chunk has no episode. */
async function lengthsOnDisk(): Promise<number[]> {
  const database = await openDB(storeName);
  const transaction = database.transaction(['episodes', 'chunks']);
  const records = await transaction.objectStore('episodes').getAll();
  const chunks = await transaction.objectStore('chunks').getAll();
  await transaction.done;
  database.close();
  const owners = new Set(records.map(({ sequence }) => sequence));
  expect(chunks.filter(({ episode }) => !owners.has(episode))).toEqual([]);
  return records.map(({ steps }) => steps);
}

beforeEach(() => {
  storeName = `test-${crypto.randomUUID()}`;
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(async () => {
  await leave();
  vi.useRealTimers();
  await deleteDB(storeName);
});

it('holds over visits, and deletes all steps of an episode', async () => {
  await visit({ episodes: 3 });
  for (const steps of [1, 2, 3, 4]) await play(steps);
  expect(await lengthsOnDisk()).toEqual([2, 3, 4]);
  await leave();
  await visit({ episodes: 3 });
  await play(5);
  expect(await lengthsOnDisk()).toEqual([3, 4, 5]);
  actor.act(...habit(6));
  expect(await lengths()).toEqual([3, 4, 5, 6]);
});

it('applies to what earlier visits left, as soon as recordings are used', async () => {
  await visit(false);
  for (const steps of [1, 2, 3]) await play(steps);
  await leave();
  await visit({ episodes: 1 });
  await lengths();
  await leave();
  expect(await lengthsOnDisk()).toEqual([3]);
});

it('deletes by age at a later visit, also an episode without an end', async () => {
  await visit({ days: 30 });
  actor.act(...habit(9));
  await foresight.recordings.writer.flush();
  // As if the page had died: a copy of what is on disk now.
  const database = await openDB(storeName);
  const [record] = await database.getAll('episodes');
  await leave();
  await database.put('episodes', { ...record, finished: false });
  database.close();

  vi.setSystemTime(NOW + 30 * DAY);
  await visit({ days: 30 });
  await play(2);
  expect(await lengthsOnDisk()).toEqual([9, 2]);
  vi.setSystemTime(NOW + 30 * DAY + 1);
  await play(3);
  expect(await lengthsOnDisk()).toEqual([2, 3]);
});

it('spares what another tab records, and counts what that one has stored', async () => {
  const other = await openOtherTab({ storeName, keepRecordings: { episodes: 2 } });
  other.foresight.models.define(SPEC);
  const there = addActor(sceneOf(other.game));
  there.act(...habit(11));
  await other.foresight.recordings.writer.flush();
  await visit({ episodes: 2 });
  for (const steps of [1, 2, 3]) await play(steps);
  expect(await lengthsOnDisk()).toEqual([11, 3]);

  // It records on, and nothing of it is lost; what this tab has stored it does not know yet.
  there.act(...habit(4));
  there.character.endEpisode();
  await other.foresight.recordings.settled();
  expect(await lengthsOnDisk()).toEqual([15, 3]);
  there.act(...habit(5));
  there.character.endEpisode();
  await other.foresight.recordings.settled();
  vi.setSystemTime(NOW + 61_000);
  await play(6);
  expect(await lengthsOnDisk()).toEqual([5, 6]);

  // What a tab that is gone left without an end is deleted like the rest.
  there.act(...habit(7));
  await other.foresight.recordings.writer.flush();
  other.close();
  await leave();
  await visit({ episodes: 2 });
  await play(8);
  expect(await lengthsOnDisk()).toEqual([7, 8]);
  await play(9);
  expect(await lengthsOnDisk()).toEqual([8, 9]);
});
