import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import { MemoryEpisodeStore } from '../../../../src/core.ts';
import type { Checkpoint, EpisodeInfo } from '../../../../src/core.ts';
import type { ForesightEvents, TrainedResult } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { TINY, tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { HeldTrainer } from '../fixtures/held-trainer.ts';
import { addActor } from '../fixtures/play.ts';

/** Deletes its episodes when the test lets it, and counts how often it is listed. */
class HeldStore extends MemoryEpisodeStore {
  lists = 0;
  #onClear: () => Promise<void> = async () => {};

  /** Has the next `clear` do this first. */
  beforeClear(work: () => Promise<void>): void {
    this.#onClear = work;
  }

  override async list(): Promise<EpisodeInfo[]> {
    this.lists++;
    return super.list();
  }

  override async clear(): Promise<void> {
    await this.#onClear();
    await super.clear();
  }
}

const [SHIPPED, IMPORTED, TRAINED] = [1, 2, 3].map((seed) => tinyCheckpoint(seed));
const EPISODES = [episodeOf(habit(40))];

let game: Phaser.Game;
let foresight: ForesightPlugin;
let trainer: HeldTrainer;
let store: HeldStore;
const trained: TrainedResult[] = [];
const errors: ForesightEvents['error'][] = [];
beforeEach(async () => {
  trainer = new HeldTrainer(TRAINED);
  store = new HeldStore();
  trained.length = errors.length = 0;
  game = await startGame({ data: { worker: trainer.start, store } });
  foresight = ForesightPlugin.of(game);
  foresight.events.on('trained', (result) => trained.push(result));
  foresight.events.on('error', (event) => errors.push(event));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
});

const weights = (): Checkpoint['weights'] | undefined =>
  foresight.models.get('duelist').checkpoint?.weights;

/** Answers every call of the fake worker until nothing is left to train. */
const finish = (): Promise<void> =>
  until(() => {
    trainer.runs.open();
    trainer.comparisons.open();
    return !foresight.trainings.length;
  });

it('is taken over when nothing happens meanwhile', async () => {
  foresight.models.add('duelist', SHIPPED);
  const run = foresight.models.get('duelist').train({ episodes: EPISODES });
  await finish();
  expect(await run).toMatchObject({ cancelled: false, swapped: true });
  expect(weights()).toEqual(TRAINED.weights);
});

describe('a training is not taken over when, before it is done,', () => {
  it('a model that started without weights is restored', async () => {
    foresight.models.define(SPEC, { config: TINY });
    const run = foresight.models.get('duelist').train({ episodes: EPISODES });
    await until(() => trainer.runs.arrived === 1);
    foresight.models.get('duelist').restore();
    await finish();
    expect(await run).toMatchObject({ cancelled: true, swapped: false });
    expect(run.state).toBe('cancelled');
    expect(weights()).toBeUndefined();
    expect(trained).toMatchObject([{ cancelled: true, swapped: false }]);
    expect(errors).toEqual([]);
  });

  it('other weights are imported', async () => {
    foresight.models.add('duelist', SHIPPED);
    const run = foresight.models.get('duelist').train({ episodes: EPISODES });
    await until(() => trainer.runs.arrived === 1);
    const model = foresight.models.get('duelist');
    await model.import(await model.export());
    foresight.models.add('duelist', IMPORTED);
    await finish();
    expect(await run).toMatchObject({ cancelled: true, swapped: false });
    expect(weights()).toEqual(IMPORTED.weights);
    // There was nothing left to compare.
    expect(trainer.comparisons.arrived).toBe(0);
  });

  it('it is restored while old and new weights are compared', async () => {
    foresight.models.add('duelist', SHIPPED);
    const run = foresight.models.get('duelist').train({ episodes: EPISODES });
    await until(() => trainer.runs.arrived === 1);
    trainer.runs.open();
    await until(() => trainer.comparisons.arrived === 1);
    foresight.models.get('duelist').restore();
    await finish();
    expect(await run).toMatchObject({ cancelled: true, swapped: false });
    expect(weights()).toEqual(SHIPPED.weights);
  });
});

it('the worker stops training a model that was restored, and its progress ends', async () => {
  foresight.models.add('duelist', SHIPPED);
  const run = foresight.models.get('duelist').train({ episodes: EPISODES });
  const reading = (async () => {
    const epochs: number[] = [];
    for await (const { epoch } of run) epochs.push(epoch);
    return epochs;
  })();
  await until(() => trainer.runs.arrived === 1);
  foresight.models.get('duelist').restore();
  trainer.progress();
  await until(() => trainer.cancels === 1);
  await finish();
  expect(await reading).toEqual([1]);
});

describe('a paused training is cancelled at once when', () => {
  it.each([
    ['its model is restored', () => foresight.models.get('duelist').restore()],
    ['other weights are imported', () => foresight.models.add('duelist', IMPORTED)],
    ['everything is cleared', () => foresight.clearAll()],
  ])('%s', async (_, forget: () => unknown) => {
    foresight.models.add('duelist', SHIPPED);
    const run = foresight.models.get('duelist').train({ episodes: EPISODES });
    await until(() => trainer.runs.arrived === 1);
    run.pause();
    const forgotten = forget();
    expect(run.state).toBe('cancelled');
    await until(() => trainer.cancels === 1);
    await finish();
    expect(await run).toMatchObject({ cancelled: true, swapped: false });
    await forgotten;
    expect(errors).toEqual([]);
  });
});

it('a training that waits is cancelled too', async () => {
  foresight.models.add('duelist', SHIPPED);
  const runs = [1, 2].map(() => foresight.models.get('duelist').train({ episodes: EPISODES }));
  await until(() => trainer.runs.arrived === 1);
  foresight.models.get('duelist').restore();
  await finish();
  expect(await runs[0]).toMatchObject({ cancelled: true });
  await expect(runs[1].result).rejects.toMatchObject({ code: 'cancelled' });
  expect(trainer.runs.arrived).toBe(1);
  expect(errors).toEqual([]);
});

it('a listener that fails stops no later training', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  foresight.models.add('duelist', SHIPPED);
  const activity: string[] = [];
  foresight.events.on('activity', ({ state }) => activity.push(state));
  foresight.events.once('trained', () => {
    throw new Error('faulty game');
  });
  const runs = [1, 2].map(() => foresight.models.get('duelist').train({ episodes: EPISODES }));
  await finish();
  expect(await Promise.all(runs)).toMatchObject([{ swapped: true }, { swapped: true }]);
  await until(() => activity.length === 4);
  expect(activity).toEqual(['training', 'idle', 'training', 'idle']);
  expect(String(logged.mock.calls[0][1])).toContain('faulty game');
});

describe('a burst in flight', () => {
  const learn = async (): Promise<ReturnType<typeof addActor>> => {
    foresight.models.get('duelist').learn({ everySteps: 8, minSteps: 8 });
    const actor = addActor(sceneOf(game));
    actor.act(...habit(8));
    await until(() => trainer.runs.arrived === 1);
    return actor;
  };

  it('does not undo an import, and learning continues from the imported weights', async () => {
    foresight.models.add('duelist', SHIPPED);
    const { act } = await learn();
    foresight.models.add('duelist', IMPORTED);
    await finish();
    expect(weights()).toEqual(IMPORTED.weights);
    expect(trained).toMatchObject([{ burst: true, cancelled: true, swapped: false }]);
    act(...habit(8));
    await until(() => trainer.runs.arrived === 2);
    await finish();
    expect(trained[1]).toMatchObject({ burst: true, cancelled: false, swapped: true });
    expect(errors).toEqual([]);
  });

  it('after a restore does not count what the forgotten weights had learned from', async () => {
    foresight.models.add('duelist', SHIPPED);
    const episodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) =>
      episodeOf(habit(10), { id, session: id }),
    );
    await foresight.recordings.import({ spec: SPEC, episodes });
    // One older episode in each burst.
    foresight.models.get('duelist').learn({ everySteps: 8, minSteps: 8, replaySteps: 10 });
    const { act } = addActor(sceneOf(game));
    const episodesAfterBurst = async (number: number): Promise<number> => {
      act(...habit(8));
      await until(() => trainer.runs.arrived === number);
      await finish();
      return foresight.models.get('duelist').checkpoint!.trainedOn.episodes;
    };
    expect(await episodesAfterBurst(1)).toBe(2);
    expect(await episodesAfterBurst(2)).toBe(3);
    foresight.models.get('duelist').restore();
    expect(await episodesAfterBurst(3)).toBe(2);
  });

  it('does not undo clearAll, nor does one that would begin while the store is cleared', async () => {
    foresight.models.define(SPEC, { config: TINY });
    const { act } = await learn();
    const activity: string[] = [];
    let cleared = false;
    store.beforeClear(async () => {
      foresight.events.on('activity', ({ state }) => cleared || activity.push(state));
      act(...habit(8));
      // Recordings in memory are listed and loaded before the next task.
      await new Promise((resolve) => setTimeout(resolve));
    });
    const clearing = foresight.clearAll().then(() => (cleared = true));
    trainer.runs.open();
    trainer.comparisons.open();
    await clearing;
    await finish();
    expect(activity).toEqual([]);
    expect(weights()).toBeUndefined();
    expect(trained.filter(({ swapped }) => swapped)).toEqual([]);
    expect(errors).toEqual([]);
    // Play after that is learned from.
    act(...habit(8));
    await until(() => trainer.runs.arrived === 2);
    await finish();
    expect(weights()).toEqual(TRAINED.weights);
  });
});

it('the store is listed once, however many bursts there are and whatever the panel shows', async () => {
  foresight.models.add('duelist', SHIPPED);
  foresight.models.get('duelist').learn({ everySteps: 8, minSteps: 8 });
  const { act, character } = addActor(sceneOf(game));
  const panel = sceneOf(game).foresight.panel();
  for (let burst = 1; burst <= 3; burst++) {
    act(...habit(8));
    await until(() => trainer.runs.arrived === burst);
    await finish();
    character.endEpisode();
    // It counts when it opens, and every second after that.
    panel.open();
    await until(() => panel.root !== null);
    panel.root!.querySelector<HTMLElement>('[role=tab]:last-child')!.click();
    await until(() => panel.root!.textContent.includes(`${burst * 8} steps`));
    panel.close();
  }
  expect(store.lists).toBe(1);
});
