import type * as Phaser from 'phaser';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { Checkpoint } from '../../../../src/core.ts';
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
  const { checkpoint, swapped } = await foresight.models.get('duelist').train({
    episodes,
    training: { epochs: 6 },
    tolerance: 10,
  });
  expect(swapped).toBe(true);
  return checkpoint;
};

const weights = (): Float32Array | undefined => foresight.models.get('duelist').checkpoint?.weights;

describe('what a model learned', () => {
  it('does not come back when the model is restored before the store answered', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    await train();
    await visit();
    foresight.models.add('duelist', tinyCheckpoint());
    foresight.models.get('duelist').restore();
    expect(await foresight.models.get('duelist').restored).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint().weights);
  });

  it('is there again at the next visit, for a model that was shipped with weights', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    expect(await foresight.models.get('duelist').restored).toBeNull();
    const before = Date.now();
    const trained = await train();
    await visit();
    const after = Date.now();
    foresight.models.add('duelist', tinyCheckpoint());
    expect(weights()).toEqual(tinyCheckpoint().weights);
    const savedAt = await foresight.models.get('duelist').restored;
    expect(savedAt!.getTime()).toBeGreaterThanOrEqual(before);
    expect(savedAt!.getTime()).toBeLessThanOrEqual(after);
    expect(weights()).toEqual(trained.weights);
    expect(foresight.models.get('duelist').live.shipped!.weights).toEqual(tinyCheckpoint().weights);
    // Sessions of the earlier visit are not forgotten by those that train on.
    const again = await foresight.models.get('duelist').train({
      episodes: [episodeOf(habit(60), { id: 'c', session: 'c' })],
      training: { epochs: 1 },
    });
    expect([...again.checkpoint.trainedOn.sessions].sort()).toEqual(['a', 'b', 'c']);
  });

  it('is what a training that is requested at once continues from', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    await train();
    await visit();
    const { checkpoint, cancelled } = await foresight.models
      .add('duelist', tinyCheckpoint())
      .train({
        episodes: [episodeOf(habit(60), { id: 'c', session: 'c' })],
        training: { epochs: 1 },
      });
    expect(cancelled).toBe(false);
    expect([...checkpoint.trainedOn.sessions].sort()).toEqual(['a', 'b', 'c']);
  });

  it('is there again for a model that started without weights', async () => {
    foresight.models.define(SPEC, { config: TINY });
    const trained = await train();
    await visit();
    foresight.models.define(SPEC, { config: TINY });
    expect(weights()).toBeUndefined();
    expect(await foresight.models.get('duelist').restored).toBeInstanceOf(Date);
    expect(weights()).toEqual(trained.weights);
    foresight.models.get('duelist').restore();
    expect(weights()).toBeUndefined();
  });

  it('is saved while the game runs, when the page is hidden', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    await train();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await foresight.models.kept!.size()).toBeGreaterThan(1000);
  });

  it('is not used when the game ships another model', async () => {
    foresight.models.add('duelist', tinyCheckpoint(1));
    await train();
    await visit();
    const warnings: string[] = [];
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    foresight.events.on('warning', ({ message }) => warnings.push(message));
    foresight.models.add('duelist', tinyCheckpoint(2));
    expect(await foresight.models.get('duelist').restored).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint(2).weights);
    expect(warnings.join()).toContain('belongs to another model');
  });

  it('does not replace what was learned before the store answered', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    await train();
    await visit();
    const model = foresight.models.add('duelist', tinyCheckpoint());
    const newest = tinyCheckpoint(3);
    model.live.swap(newest);
    expect(await foresight.models.get('duelist').restored).toBeNull();
    expect(weights()).toEqual(newest.weights);
  });

  it('can be of an imported model', async () => {
    foresight.models.add('duelist', tinyCheckpoint(1));
    const imported = tinyCheckpoint(5);
    foresight.models.add('duelist', imported);
    await visit();
    foresight.models.add('duelist', tinyCheckpoint(1));
    await foresight.models.get('duelist').restored;
    expect(weights()).toEqual(imported.weights);
  });

  it('is gone once the model is restored, or everything deleted', async () => {
    for (const forget of [
      async () => foresight.models.get('duelist').restore(),
      () => foresight.clearAll(),
    ]) {
      foresight.models.add('duelist', tinyCheckpoint());
      await foresight.models.get('duelist').restored;
      await train();
      await foresight.models.kept!.save();
      await forget();
      expect(await foresight.models.kept!.size()).toBe(0);
      await visit();
      foresight.models.add('duelist', tinyCheckpoint());
      expect(await foresight.models.get('duelist').restored).toBeNull();
      await visit();
    }
  });

  it('is not kept where the game does not want it', async () => {
    await visit(false);
    foresight.models.add('duelist', tinyCheckpoint());
    await train();
    expect(foresight.models.kept).toBeNull();
    expect(await foresight.models.get('duelist').restored).toBeNull();
  });

  it('that is damaged is reported, and the game continues with its own model', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
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
    foresight.models.add('duelist', tinyCheckpoint());
    expect(await foresight.models.get('duelist').restored).toBeNull();
    expect(weights()).toEqual(tinyCheckpoint().weights);
    expect(warnings.join()).toContain('cannot be used');
    // The next one is saved in its place.
    const trained = await train();
    await visit();
    foresight.models.add('duelist', tinyCheckpoint());
    await foresight.models.get('duelist').restored;
    expect(weights()).toEqual(trained.weights);
  });
});
