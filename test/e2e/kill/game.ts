/** A game that plays itself: it records, learns in play, trains, saves and deletes, until its browser is killed. */
import { openDB } from 'idb';
import { ForesightPlugin } from '../../../plugin/index.ts';
import type { ForesightModel } from '../../../plugin/index.ts';
import type { Episode } from '../../../src/core.ts';
import { crc32 } from '../../../src/util/crc32.ts';
import { createRng } from '../../../src/util/rng.ts';
import { SPEC } from '../../plugin/episodes.ts';
import { tinyCheckpoint } from '../../browser/plugin/fixtures/checkpoint.ts';
import { sceneOf, startGame } from '../../browser/plugin/fixtures/game.ts';
import { LiveWorkers } from '../../browser/plugin/fixtures/live-workers.ts';
import type { Found, Report } from './report.ts';

const STORE = 'killed';
/** Between two steps, ms. */
const STEP_MS = 40;
const { hash } = location;
const rng = createRng(Number(hash.slice(1)));

const report = (one: Report): Promise<void> =>
  (globalThis as unknown as { report: (one: Report) => Promise<void> }).report(one);
const stepsOf = ({ ticks, actions, columns }: Episode): string =>
  Array.from(ticks, (tick, i) => `${tick}:${actions[i]}:${columns[0][i]}`).join();
const crcOf = ({ weights }: { readonly weights: Float32Array }): number =>
  crc32(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));

/** Problems of the storage as it is, without the code under test. */
async function damagedOnDisk(): Promise<number> {
  const database = await openDB(STORE);
  const transaction = database.transaction(['episodes', 'chunks']);
  const records = await transaction.objectStore('episodes').getAll();
  const chunks = await transaction.objectStore('chunks').getAll();
  await transaction.done;
  database.close();
  const left = new Map(records.map(({ sequence, chunks: count }) => [sequence, count]));
  const orphans = chunks.filter(({ episode }) => !left.has(episode)).length;
  for (const { episode } of chunks) left.set(episode, left.get(episode) - 1);
  return orphans + [...left.values()].filter((count) => count !== 0).length;
}

async function look(plugin: ForesightPlugin, model: ForesightModel): Promise<Found> {
  const restored = await model.restored;
  const episodes = await plugin.recordings.load(SPEC);
  const { bytes } = await plugin.recordings.store.size();
  return {
    episodes: episodes.map((one) => ({ id: one.id, count: one.length, steps: stepsOf(one) })),
    damaged: await damagedOnDisk(),
    kept: restored ? crcOf(model.checkpoint!) : null,
    bytes,
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function main(): Promise<void> {
  const game = await startGame({
    workers: new LiveWorkers(),
    data: { store: 'indexeddb', storeName: STORE },
  });
  const scene = sceneOf(game);
  const plugin = ForesightPlugin.of(game);
  const { recordings, models, events } = plugin;
  events.on('warning', ({ message }) => void report({ kind: 'problem', message }));
  events.on(
    'storage-error',
    ({ error }) => void report({ kind: 'problem', message: error.message }),
  );
  events.on('error', ({ error }) => void report({ kind: 'problem', message: error.message }));
  await models.kept!.decided;
  const model = models.add('duelist', tinyCheckpoint());
  await report({ kind: 'found', found: await look(plugin, model) });

  // Before a save can begin: what hears of other weights first is this.
  events.on('learned', () => {
    void report({ kind: 'weights', crc: crcOf(model.checkpoint!) });
    void report({ kind: 'learned' });
  });
  events.on('trained', ({ swapped }) => {
    if (swapped) void report({ kind: 'weights', crc: crcOf(model.checkpoint!) });
    void report({ kind: 'trained' });
  });
  const hero = scene.foresight.track(scene.add.rectangle(0, 0, 9, 9), {
    model: 'duelist',
    observe: () => ({ distance: rng.next() * 10 }),
    tick: () => Math.floor(performance.now()),
  });
  model.learn({ everySteps: 4 });

  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    if (now - last > 4 * STEP_MS) void report({ kind: 'stall', ms: now - last });
    last = now;
    hero.act(SPEC.action.actions[Math.floor(rng.next() * 3)]);
    const episode = hero.currentEpisode();
    if (episode) void report({ kind: 'step', id: episode.id, count: episode.length, at: now });
  }, STEP_MS);

  for (;;) {
    await pause(200 + rng.next() * 400);
    const what = rng.next();
    if (what < 0.4) {
      const episode = hero.currentEpisode();
      hero.endEpisode();
      await recordings.settled();
      if (episode) await report({ kind: 'stored', id: episode.id, steps: stepsOf(episode) });
    } else if (what < 0.6) await models.kept!.save();
    else if (what < 0.8)
      await model.train({ training: { epochs: 2 }, tolerance: 10 }).result.catch(() => {});
    else if (what < 0.92) {
      const [oldest] = await recordings.list(SPEC);
      if (!oldest) continue;
      await report({ kind: 'removing', id: oldest.id });
      await recordings.remove([oldest.id]);
      await report({ kind: 'removed', id: oldest.id });
    } else if (what < 0.96) {
      await report({ kind: 'restoring' });
      model.restore();
      await models.kept!.size();
      await report({ kind: 'restored' });
    } else {
      await report({ kind: 'clearing' });
      await plugin.clearAll();
      await report({ kind: 'cleared' });
    }
  }
}

void main().catch((error: unknown) => report({ kind: 'problem', message: String(error) }));
