import * as Phaser from 'phaser';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { Checkpoint } from '../../../../src/core.ts';
import { ContextTree } from '../../../../src/experts/context-tree.ts';
import { readCheckpoint } from '../../../../src/model/load-checkpoint-file.ts';
import { endGame, EmptyScene, startGame, until } from '../fixtures/game.ts';
import type { SceneClass } from '../fixtures/game.ts';
import { HeldReaders } from '../fixtures/held-readers.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';

/** The largest model that is shipped with a demo: 173 kB, and counts of 19,578 steps in six contexts. */
const url = new URL('../../../../assets/checkpoints/duelist.safetensors', import.meta.url).href;
const download = async (): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();

/** Counts of a slice at most, see prepare-predictor.test.ts. */
const MOST = 1024;

let storeName = '';
let game: Phaser.Game | null = null;
let foresight: ForesightPlugin;
let workers: LiveWorkers;

async function visit(
  scenes: readonly SceneClass[] = [EmptyScene],
  worker = workers.start,
): Promise<void> {
  await leave();
  game = await startGame({ scenes, data: { store: 'indexeddb', storeName, worker } });
  foresight = ForesightPlugin.of(game);
}

async function leave(): Promise<void> {
  if (game) await endGame(game);
  game = null;
}

beforeEach(() => {
  storeName = `test-${crypto.randomUUID()}`;
  workers = new LiveWorkers();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await leave();
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
});

/** What is done on this thread from now on. */
interface Work {
  /** Files that are read, however far. */
  read: number;
  /** Counts of experts and simple models. */
  counts: number;
  /** Those of the task that had most. */
  most: number;
}

function watchThread(): Work {
  const work: Work = { read: 0, counts: 0, most: 0 };
  const { getBigUint64 } = DataView.prototype;
  vi.spyOn(DataView.prototype, 'getBigUint64').mockImplementation(function (this: DataView, ...at) {
    work.read++;
    return getBigUint64.apply(this, at);
  });
  let inTask = 0;
  const nextTask = new MessageChannel();
  nextTask.port1.onmessage = () => (inTask = 0);
  const { learn } = ContextTree.prototype;
  vi.spyOn(ContextTree.prototype, 'learn').mockImplementation(function (
    this: ContextTree,
    ...what
  ) {
    if (!inTask++) nextTask.port2.postMessage(null);
    work.counts++;
    work.most = Math.max(work.most, inTask);
    learn.apply(this, what);
  });
  return work;
}

function expectSlices({ read, counts, most }: Work): void {
  expect(read).toBe(0);
  expect(counts).toBeGreaterThan(200_000);
  expect(most).toBeLessThanOrEqual(MOST);
  expect(workers.live.size).toBe(0);
}

it('a model that is loaded in preload is read in a worker, and prepared in slices', async () => {
  const work = watchThread();
  class Loading extends Phaser.Scene {
    preload(): void {
      this.load.foresightModel('duelist', url);
    }
  }
  await visit([Loading]);
  expect(workers.started).toBe(1);
  expectSlices(work);
  // It predicts from the first frame on.
  expect(foresight.models.get('duelist').predictor).not.toBeNull();
});

it('a model that is imported in play is read in a worker, and prepared in slices', async () => {
  const file = new Uint8Array(await download());
  await visit();
  const work = watchThread();
  const model = await foresight.models.addFile('duelist', file);
  expect(model.predictor!.checkpoint).toBe(model.checkpoint);
  expectSlices(work);
});

describe('a model that is kept from an earlier visit', () => {
  let shipped: Checkpoint;
  let learned: Checkpoint;

  /** A visit in which it learns something. */
  async function learn(): Promise<void> {
    shipped = await readCheckpoint(new Uint8Array(await download()));
    learned = { ...shipped, weights: shipped.weights.map((weight) => weight / 2) };
    await visit();
    const model = foresight.models.add('duelist', shipped);
    await model.ready;
    model.live.swap(learned);
    foresight.models.kept!.changed('duelist');
    await leave();
  }

  it('is read in a worker, and prepared in slices', async () => {
    await learn();
    await visit();
    const work = watchThread();
    const model = foresight.models.add('duelist', shipped);
    // The shipped weights predict meanwhile.
    expect(model.predictor!.checkpoint).toBe(shipped);
    expect(await model.restored).toBeInstanceOf(Date);
    expect(model.predictor!.checkpoint.weights).toEqual(learned.weights);
    expectSlices(work);
  });

  it('is read here when the worker that reads it dies', async () => {
    await learn();
    const readers = new HeldReaders({ hang: true });
    await visit([EmptyScene], readers.start);
    const work = watchThread();
    const model = foresight.models.add('duelist', shipped);
    await until(() => readers.waiting === 1);
    readers.started[0].terminate();
    expect(await model.restored).toBeInstanceOf(Date);
    expect(model.checkpoint!.weights).toEqual(learned.weights);
    expect(work.read).toBe(1);
  });
});
