import type * as Phaser from 'phaser';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { Episode } from '../../../../src/core.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { DyingStorage } from '../fixtures/dying-storage.ts';
import type { Death } from '../fixtures/dying-storage.ts';
import { endGame, sceneOf, startGame } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';

/** What was promised until the page was gone. */
interface Facts {
  /** Episodes, or their steps so far, that were stored. */
  stored: Episode[];
  /** Ids of episodes that may be there or not, because they were being deleted. */
  readonly leaving: Set<string>;
  /** Weights that may be kept, as text. */
  kept: Set<string>;
}

const MODELS = [1, 2, 3, 4].map((seed) => tinyCheckpoint(seed));
const [SHIPPED, FIRST, SECOND, LATER] = MODELS;
const textOf = ({ weights }: { readonly weights: Float32Array }): string => weights.join();
const NONE = '';

/** Episodes that are kept. */
const MOST = 2;

/** Sessions that run at the same time: they wait for the storage, and for a second try after a failure. */
const AT_ONCE = 8;

const games = new Set<Phaser.Game>();

async function visit(storeName: string): Promise<Phaser.Game> {
  // What is beyond is deleted, in writes that may fail like the others.
  const keepRecordings = { episodes: MOST };
  const data = { store: 'indexeddb', storeName, keepRecordings } as const;
  const game = await startGame({ data });
  // Nothing is to be seen, and drawing many games takes most of the time.
  game.loop.callback = game.headlessStep.bind(game);
  games.add(game);
  ForesightPlugin.of(game).models.add('duelist', SHIPPED);
  return game;
}

async function leave(game: Phaser.Game): Promise<void> {
  games.delete(game);
  await endGame(game);
}

/** A session with each kind of write. Enters into the facts what is promised after each step. */
async function play(game: Phaser.Game, facts: Facts, storage: DyingStorage): Promise<void> {
  const foresight = ForesightPlugin.of(game);
  const { recordings, models } = foresight;
  const model = models.get('duelist');
  const kept = models.kept!;
  const { character, act } = addActor(sceneOf(game));
  const note = async (change: () => void | Promise<void>): Promise<void> => {
    if (!storage.isGone) await change();
  };
  const stored = (): Promise<void> =>
    note(async () => {
      const episodes = await recordings.load(SPEC);
      if (!storage.isGone) facts.stored = episodes;
    });
  const record = async (...lengths: number[]): Promise<void> => {
    // Beyond the limit, the oldest one is deleted, at the latest when the game starts again.
    const before = await recordings.list(SPEC);
    const leaving = before.slice(0, Math.max(0, before.length + 1 - MOST)).map(({ id }) => id);
    for (const id of leaving) facts.leaving.add(id);
    for (const length of lengths) {
      act(...habit(length));
      await recordings.writer.flush();
      await stored();
    }
    character.endEpisode();
    await recordings.settled();
    await stored();
    await note(() => leaving.forEach((id) => facts.leaving.delete(id)));
  };
  const learn = async (checkpoint: typeof SHIPPED): Promise<void> => {
    await note(() => void facts.kept.add(textOf(checkpoint)));
    await model.import(checkpoint);
    await kept.save();
  };

  await record(4, 3);
  await record(5);
  await learn(FIRST);
  const [first, second] = await recordings.list(SPEC);
  await recordings.setLearn([first.id], false);
  await stored();
  facts.leaving.add(second.id);
  await recordings.remove([second.id]);
  await stored();
  await note(() => facts.leaving.clear());
  for (const length of [1, 2]) await record(length);

  model.restore();
  const left = await kept.size();
  await note(() => expect(left).toBe(0));
  await note(() => void (facts.kept = new Set([NONE])));
  await learn(SECOND);
  for (const { id } of facts.stored) facts.leaving.add(id);
  await note(() => void facts.kept.add(NONE));
  // A player who reads that it failed tries again.
  await foresight.clearAll().catch(() => foresight.clearAll());
  const after = await kept.size();
  await note(() => expect(after).toBe(0));
  await stored();
  await note(() => void (facts.kept = new Set([NONE])));
  await note(() => facts.leaving.clear());
  await record(6);
  await learn(LATER);
  act(...habit(2));
  await recordings.writer.flush();
  await stored();
}

interface OnDisk {
  readonly episodes: readonly string[];
  readonly orphans: number;
}

async function onDisk(storeName: string): Promise<OnDisk> {
  const database = await openDB(storeName);
  if (!database.objectStoreNames.contains('episodes')) {
    database.close();
    return { episodes: [], orphans: 0 };
  }
  const transaction = database.transaction(['episodes', 'chunks']);
  const records = await transaction.objectStore('episodes').getAll();
  const chunks = await transaction.objectStore('chunks').getAll();
  await transaction.done;
  database.close();
  const owners = new Map(records.map((record) => [record.sequence, record]));
  const orphans = chunks.filter(({ episode, index }) => !(index < owners.get(episode)?.chunks));
  return { episodes: records.map(({ id }) => id), orphans: orphans.length };
}

/** Starts the game again, and checks that what was promised holds. */
async function checkNextVisit(storeName: string, facts: Facts): Promise<void> {
  expect((await onDisk(storeName)).orphans).toBe(0);
  const game = await visit(storeName);
  const { recordings, models } = ForesightPlugin.of(game);
  const model = models.get('duelist');
  const restored = await model.restored;
  expect([...facts.kept]).toContain(restored ? textOf(model.checkpoint!) : NONE);

  const found = new Map((await recordings.load(SPEC)).map((episode) => [episode.id, episode]));
  for (const before of facts.stored) {
    const after = found.get(before.id);
    found.delete(before.id);
    if (facts.leaving.has(before.id) && !after) continue;
    // What was running may have got its last steps.
    expect(after?.actions.slice(0, before.length)).toEqual(before.actions);
    expect(after?.ticks.slice(0, before.length)).toEqual(before.ticks);
    expect(after?.columns[0].slice(0, before.length)).toEqual(before.columns[0]);
    if (before.end === 'terminated') expect(after).toEqual(before);
  }
  // What began since, and was not stored when that was last looked at.
  expect(found.size).toBeLessThanOrEqual(1);

  const { act } = addActor(sceneOf(game));
  act(...habit(8));
  await model.import(LATER);
  await models.kept!.save();
  await leave(game);
  expect((await onDisk(storeName)).orphans).toBe(0);
  const database = await openDB(storeName);
  expect((await database.getAll('episodes')).at(-1)).toMatchObject({ steps: 8, finished: true });
  database.close();
  const keptBy = await openDB(`${storeName}-models`);
  expect(await keptBy.getAll('models')).toHaveLength(1);
  keptBy.close();
}

/** Returns how many writes the session made, the next visit not included. */
async function withDeath(death: Death, at: number): Promise<number> {
  const storeName = `test-${crypto.randomUUID()}`;
  const facts: Facts = { stored: [], leaving: new Set(), kept: new Set([NONE]) };
  const game = await visit(storeName);
  const storage = new DyingStorage(storeName, { death, at });
  const played = play(game, facts, storage);
  await Promise.race([played, storage.gone]);
  // Once the page is gone it fails at whatever it does, which is seen by no player.
  if (storage.isGone) played.catch(() => {});
  await leave(game);
  if (storage.isGone) await played.catch(() => {});
  storage.restore();
  try {
    expect(storage.isBroken).toBe(at > 0);
    await checkNextVisit(storeName, facts);
  } catch (error) {
    throw new Error(`at write ${at}`, { cause: error });
  }
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
  return storage.writes;
}

beforeEach(() => {
  for (const level of ['warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const game of games) await leave(game);
});

it.each(['page', 'transaction'] as const)(
  'whichever write it is at which the %s is gone, all that was stored is there at the next visit',
  async (death) => {
    const writes = await withDeath(death, 0);
    expect(writes).toBeGreaterThan(40);
    let next = 1;
    const playInTurn = async (): Promise<void> => {
      while (next <= writes) await withDeath(death, next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, playInTurn));
  },
  600_000,
);
