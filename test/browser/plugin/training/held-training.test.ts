import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import { MemoryEpisodeStore, Predictor, stepAt } from '../../../../src/core.ts';
import type { Checkpoint, EpisodeInfo } from '../../../../src/core.ts';
import type { ForesightEvents, ForesightModel, TrainedResult } from '../../../../plugin/index.ts';
import type { Step } from '../../../../src/record/episode.ts';
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

/** What the shipped weights predict after the first step of a player of whom nothing is known. */
async function afterStepOfStranger(step: Step): Promise<Float32Array> {
  const predictor = await Predictor.create(SHIPPED);
  return predictor.observe('hero', step).probabilities;
}

describe('learning that is in flight', () => {
  const model = (): ForesightModel => foresight.models.get('duelist');
  const begin = async (): Promise<ReturnType<typeof addActor>> => {
    model().learn();
    const actor = addActor(sceneOf(game));
    actor.act(...habit(8));
    await until(() => trainer.plays.arrived === 1);
    return actor;
  };
  /** Has the worker answer until there is nothing to learn from. */
  const learned = (): Promise<void> =>
    until(() => {
      trainer.plays.open();
      return model().learner!.state === 'waiting' && model().live.predictor!.continueSwap(1000);
    });

  it('is taken over when nothing happens meanwhile', async () => {
    foresight.models.add('duelist', SHIPPED);
    await begin();
    await learned();
    expect(weights()).toEqual(TRAINED.weights);
    expect(model().checkpoint!.trainedOn).toMatchObject({
      sessions: [foresight.session],
      episodes: 1,
      steps: 8,
    });
    expect(trained).toEqual([]);
  });

  it.each([
    ['an import', () => foresight.models.add('duelist', IMPORTED), IMPORTED],
    ['a restore', () => model().restore(), SHIPPED],
  ])('does not undo %s, and continues from those weights', async (_, forget, expected) => {
    foresight.models.add('duelist', SHIPPED);
    const { act } = await begin();
    forget();
    expect([...trainer.stopped]).toHaveLength(0);
    trainer.plays.open();
    await until(() => trainer.stopped.size === 1);
    // Whatever the old run still answers comes before the answer to this call.
    await foresight.engine();
    expect(weights()).toEqual(expected.weights);
    act(...habit(4));
    await until(() => trainer.learnings.length === 2);
    expect(trainer.learnings[1].checkpoint.weights).toEqual(expected.weights);
    await learned();
    expect(weights()).toEqual(TRAINED.weights);
    // What the forgotten weights had learned from is not counted.
    expect(model().checkpoint!.trainedOn.steps).toBe(4);
    expect(errors).toEqual([]);
  });

  it('does not come back at a restore while the characters still follow to it', async () => {
    foresight.models.add('duelist', SHIPPED);
    const { act, character } = await begin();
    trainer.plays.open();
    await until(() => weights() !== SHIPPED.weights);
    model().restore();
    expect(character.prediction).toBeNull();
    act(1);
    for (let frame = 0; frame < 10; frame++) model().live.advance();
    expect(weights()).toEqual(SHIPPED.weights);
    const episode = character.currentEpisode()!;
    expect(character.prediction!.probabilities).toEqual(
      await afterStepOfStranger(stepAt(episode, episode.length - 1)),
    );
  });

  it('does not undo clearAll, nor what is played while the store is cleared', async () => {
    foresight.models.add('duelist', SHIPPED);
    const episodes = [episodeOf(habit(10), { id: 'old', session: 'old' })];
    await foresight.recordings.import({ spec: SPEC, episodes });
    const { act } = await begin();
    expect(trainer.learnings[0].replay).toHaveLength(1);
    store.beforeClear(async () => {
      act(...habit(8));
      trainer.plays.open();
      await new Promise((resolve) => setTimeout(resolve));
    });
    const clearing = foresight.clearAll();
    trainer.plays.open();
    await clearing;
    trainer.plays.open();
    await foresight.engine();
    expect(weights()).toEqual(SHIPPED.weights);
    expect(errors).toEqual([]);
    // Play after that is learned from, without what was deleted.
    act(...habit(8));
    await learned();
    expect(trainer.learnings.at(-1)!.replay).toEqual([]);
    expect(weights()).toEqual(TRAINED.weights);
  });

  it('begins again without an older session that is deleted', async () => {
    foresight.models.add('duelist', SHIPPED);
    const episodes = ['a', 'b'].map((id) => episodeOf(habit(10), { id, session: id }));
    await foresight.recordings.import({ spec: SPEC, episodes });
    const { act } = await begin();
    expect(trainer.learnings[0].replay).toHaveLength(2);
    await foresight.recordings.removeSession(SPEC, 'a');
    await until(() => trainer.stopped.size === 1);
    act(...habit(4));
    await until(() => trainer.learnings.length === 2);
    expect(trainer.learnings[1].replay.map(({ id }) => id)).toEqual(['b']);
  });
});

it('a training from scratch that a learner asked for does not undo a restore', async () => {
  foresight.models.define(SPEC, { config: TINY });
  foresight.models.get('duelist').learn();
  const { act } = addActor(sceneOf(game));
  act(...habit(8));
  await until(() => trainer.runs.arrived === 1);
  foresight.models.get('duelist').restore();
  await finish();
  expect(weights()).toBeUndefined();
  act(...habit(8));
  await until(() => trainer.runs.arrived === 2);
  await finish();
  expect(weights()).toEqual(TRAINED.weights);
});

it('the store is listed once, however long it learns and whatever the panel shows', async () => {
  foresight.models.add('duelist', SHIPPED);
  const learner = foresight.models.get('duelist').learn();
  const { act, character } = addActor(sceneOf(game));
  const panel = sceneOf(game).foresight.panel();
  for (let round = 1; round <= 3; round++) {
    act(...habit(8));
    await until(() => {
      trainer.plays.open();
      return learner.state === 'waiting';
    });
    character.endEpisode();
    // It counts when it opens, and every second after that.
    panel.open();
    await until(() => panel.root !== null);
    panel.root!.querySelector<HTMLElement>('[role=tab]:last-child')!.click();
    await until(() => panel.root!.textContent.includes(`${round * 8} steps`));
    panel.close();
  }
  expect(store.lists).toBe(1);
});
