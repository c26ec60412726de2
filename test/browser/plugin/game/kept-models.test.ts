import type * as Phaser from 'phaser';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { Checkpoint } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { TINY, tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, startGame } from '../fixtures/game.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';

let storeName = '';
let game: Phaser.Game | null = null;
let foresight: ForesightPlugin;
const workers = new LiveWorkers();

/** Another visit of the page, as the game sees it. */
async function visit(remember?: boolean): Promise<void> {
  await leave();
  const data = { store: 'indexeddb' as const, storeName, ...(remember === false && { remember }) };
  game = await startGame({ workers, data });
  foresight = ForesightPlugin.of(game);
}

async function leave(): Promise<void> {
  if (game) await endGame(game);
  game = null;
}

beforeEach(async () => {
  storeName = `test-${crypto.randomUUID()}`;
  await visit();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await leave();
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
});

const train = async (): Promise<Checkpoint> => {
  const episodes = ['a', 'b'].map((id) => episodeOf(habit(60), { id, session: id }));
  const { checkpoint, swapped } = await foresight.train('duelist', {
    episodes,
    training: { epochs: 6 },
    tolerance: 10,
  });
  expect(swapped).toBe(true);
  return checkpoint;
};

const weights = (): Float32Array | undefined => foresight.model('duelist').checkpoint?.weights;

describe('what a model learned', () => {
  it('does not come back when the model is restored before the store answered', async () => {
    foresight.addModel('duelist', tinyCheckpoint());
    await train();
    await visit();
    foresight.addModel('duelist', tinyCheckpoint());
    foresight.restoreModel('duelist');
    expect(await foresight.restored('duelist')).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint().weights);
  });

  it('is there again at the next visit, for a model that was shipped with weights', async () => {
    foresight.addModel('duelist', tinyCheckpoint());
    expect(await foresight.restored('duelist')).toBeNull();
    const before = Date.now();
    const trained = await train();
    await visit();
    const after = Date.now();
    foresight.addModel('duelist', tinyCheckpoint());
    expect(weights()).toEqual(tinyCheckpoint().weights);
    const savedAt = await foresight.restored('duelist');
    expect(savedAt!.getTime()).toBeGreaterThanOrEqual(before);
    expect(savedAt!.getTime()).toBeLessThanOrEqual(after);
    expect(weights()).toEqual(trained.weights);
    expect(foresight.model('duelist').shipped!.weights).toEqual(tinyCheckpoint().weights);
    // Sessions of the earlier visit are not forgotten by those that train on.
    const again = await foresight.train('duelist', {
      episodes: [episodeOf(habit(60), { id: 'c', session: 'c' })],
      training: { epochs: 1 },
    });
    expect([...again.checkpoint.trainedOn.sessions].sort()).toEqual(['a', 'b', 'c']);
  });

  it('is there again for a model that started without weights', async () => {
    foresight.defineModel('duelist', SPEC, TINY);
    const trained = await train();
    await visit();
    foresight.defineModel('duelist', SPEC, TINY);
    expect(weights()).toBeUndefined();
    expect(await foresight.restored('duelist')).toBeInstanceOf(Date);
    expect(weights()).toEqual(trained.weights);
    foresight.restoreModel('duelist');
    expect(weights()).toBeUndefined();
  });

  it('is saved while the game runs, when the page is hidden', async () => {
    foresight.addModel('duelist', tinyCheckpoint());
    await train();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await foresight.keptModels!.size()).toBeGreaterThan(1000);
  });

  it('is not used when the game ships another model', async () => {
    foresight.addModel('duelist', tinyCheckpoint(1));
    await train();
    await visit();
    const warnings: string[] = [];
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    foresight.events.on('warning', ({ message }) => warnings.push(message));
    foresight.addModel('duelist', tinyCheckpoint(2));
    expect(await foresight.restored('duelist')).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint(2).weights);
    expect(warnings.join()).toContain('belongs to another model');
  });

  it('does not replace what was learned before the store answered', async () => {
    foresight.addModel('duelist', tinyCheckpoint());
    await train();
    await visit();
    const model = foresight.addModel('duelist', tinyCheckpoint());
    const newest = tinyCheckpoint(3);
    model.swap(newest);
    expect(await foresight.restored('duelist')).toBeNull();
    expect(weights()).toEqual(newest.weights);
  });

  it('can be of an imported model', async () => {
    foresight.addModel('duelist', tinyCheckpoint(1));
    const imported = tinyCheckpoint(5);
    foresight.addModel('duelist', imported);
    await visit();
    foresight.addModel('duelist', tinyCheckpoint(1));
    await foresight.restored('duelist');
    expect(weights()).toEqual(imported.weights);
  });

  it('is gone once the model is restored, or everything deleted', async () => {
    for (const forget of [
      async () => foresight.restoreModel('duelist'),
      () => foresight.clearAll(),
    ]) {
      foresight.addModel('duelist', tinyCheckpoint());
      await foresight.restored('duelist');
      await train();
      await foresight.keptModels!.save();
      await forget();
      expect(await foresight.keptModels!.size()).toBe(0);
      await visit();
      foresight.addModel('duelist', tinyCheckpoint());
      expect(await foresight.restored('duelist')).toBeNull();
      await visit();
    }
  });

  it('is not kept where the game does not want it', async () => {
    await visit(false);
    foresight.addModel('duelist', tinyCheckpoint());
    await train();
    expect(foresight.keptModels).toBeNull();
    expect(await foresight.restored('duelist')).toBeNull();
  });

  it('that is damaged is reported, and the game continues with its own model', async () => {
    foresight.addModel('duelist', tinyCheckpoint());
    await train();
    await leave();
    const database = await openDB(`${storeName}-models`);
    const stored = await database.get('models', 'duelist');
    stored.bytes[stored.bytes.length >> 1] ^= 0xff;
    await database.put('models', { ...stored, bytes: stored.bytes.slice(0, -9) });
    database.close();
    await visit();
    const warnings: string[] = [];
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    foresight.events.on('warning', ({ message }) => warnings.push(message));
    foresight.addModel('duelist', tinyCheckpoint());
    expect(await foresight.restored('duelist')).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint().weights);
    expect(warnings.join()).toContain('cannot be used');
    // The next one is saved in its place.
    const trained = await train();
    await visit();
    foresight.addModel('duelist', tinyCheckpoint());
    await foresight.restored('duelist');
    expect(weights()).toEqual(trained.weights);
  });
});
