import type * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin, explain } from '../../../../plugin/index.ts';
import type { ForesightEvents, TrainedResult } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { TINY } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';
import { addActor } from '../fixtures/play.ts';

let game: Phaser.Game;
let foresight: ForesightPlugin;
const workers = new LiveWorkers();
beforeEach(async () => {
  game = await startGame({ workers });
  foresight = ForesightPlugin.of(game);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
  expect(workers.live.size).toBe(0);
});

/** Another habit than the one that is played: block always follows throw. */
const otherHabit = (length: number): number[] =>
  Array.from({ length }, (_, i) => [1, 2, 0, 1, 2][i % 5]);

async function pretrain(): Promise<void> {
  foresight.models.define(SPEC, { config: { ...TINY, units: 32 } });
  const episodes = ['a', 'b', 'c'].map((id) => episodeOf(otherHabit(200), { id, session: id }));
  const { checkpoint } = await foresight.models.get('duelist').train({
    episodes,
    training: { epochs: 10, windowLength: 32, windowStride: 24, warmUp: 8, dropout: 0 },
  });
  foresight.models.add('duelist', checkpoint);
}

/** Plays actions one by one, with time to learn in between, as a person would. */
async function play(act: (action: number) => void, actions: readonly number[]): Promise<void> {
  const { live, learner } = foresight.models.get('duelist');
  for (const action of actions) {
    act(action);
    await until(() => learner?.state !== 'learning');
    while (!live.predictor?.continueSwap(100)) if (!live.predictor) break;
  }
}

it('follows a habit after some forty actions, against what it knew before', async () => {
  await pretrain();
  const results: TrainedResult[] = [];
  const learned: ForesightEvents['learned'][] = [];
  foresight.events.on('trained', (result) => results.push(result));
  foresight.events.on('learned', (figures) => learned.push(figures));
  const learner = foresight.models.get('duelist').learn({ rate: 0.01, averaging: 0 });
  const { character, act } = addActor(sceneOf(game));
  await play(act, habit(42));
  expect(learner.updates).toBe(10);
  expect(learned.map(({ updates }) => updates)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(learned.at(-1)!.learned.logLoss).toBeLessThan(learned.at(-1)!.frozen.logLoss - 0.2);
  expect(results).toEqual([]);
  let hits = 0;
  for (const action of habit(12)) {
    expect(character.prediction!.probabilities[action]).toBeGreaterThan(0.6);
    if (character.prediction!.actionIndex === action) hits++;
    await play(act, [action]);
  }
  expect(hits).toBe(12);
  learner.stop();
  expect(foresight.models.get('duelist').learner).toBeNull();
  const { trainedOn } = foresight.models.get('duelist').checkpoint!;
  // Pretraining and this session, each counted once, however many updates there were.
  expect(trainedOn.episodes).toBe(4);
  expect(trainedOn.steps).toBeLessThanOrEqual(600 + 54);
  expect(trainedOn.sessions).toContain(foresight.session);
});

it('waits, without an error, while each of many characters has made one step', async () => {
  const errors: Error[] = [];
  foresight.events.on('error', ({ error }) => errors.push(error));
  const model = foresight.models.define(SPEC, { config: TINY });
  const learner = model.learn({ minSteps: 4 });
  const actors = Array.from({ length: 12 }, (_, i) => addActor(sceneOf(game), { id: `one-${i}` }));
  for (const { act } of actors) {
    act(0);
    await until(() => learner.state === 'waiting');
  }
  expect(model.checkpoint).toBeNull();
  for (const { act } of actors) {
    act(1);
    await until(() => learner.state === 'waiting');
  }
  expect(model.checkpoint).not.toBeNull();
  expect(errors).toEqual([]);
});

it('starts without weights', async () => {
  foresight.models.define(SPEC, { config: TINY });
  foresight.models.get('duelist').learn();
  const { character, act } = addActor(sceneOf(game));
  await play(act, habit(42));
  expect(character.prediction!.actionIndex).toBe(habit(43)[42]);
});

it('knows a habit after two dozen actions when it starts without weights, over episodes too', async () => {
  foresight.models.define(SPEC);
  foresight.models.get('duelist').learn();
  const { character, act } = addActor(sceneOf(game));
  await play(act, habit(12));
  character.endEpisode();
  await play(act, habit(12));
  expect(foresight.models.get('duelist').checkpoint!.model.contexts).toBe(4);
  // Other experts may have come with the last training: they recall the first episode then.
  await until(() =>
    explain(character)!.experts.some((one) => one.knows === 'player' && one.total > 3),
  );
  let hits = 0;
  for (const action of habit(12)) {
    if (character.prediction!.actionIndex === action) hits++;
    await play(act, [action]);
  }
  expect(hits).toBeGreaterThanOrEqual(10);
});

it('never trains twice at once, and learns on from what a requested training made', async () => {
  foresight.models.define(SPEC, { config: TINY });
  let running = 0;
  let most = 0;
  foresight.events.on('activity', ({ state }) => {
    running += state === 'training' ? 1 : -1;
    most = Math.max(most, running);
  });
  const model = foresight.models.get('duelist');
  const learner = model.learn({ minSteps: 2 });
  const { act } = addActor(sceneOf(game));
  act(...habit(20));
  const run = model.train({ training: { epochs: 2 } });
  act(...habit(20));
  expect(await run).toMatchObject({ cancelled: false });
  await until(() => learner.state === 'waiting');
  // It learns from a character once that has changed over to the new weights, frames later.
  const again = habit(20);
  let at = 0;
  await until(() => {
    act(again[at++ % again.length]);
    return learner.updates > 0;
  });
  expect(most).toBe(1);
});

it('learns from nothing that is kept out of learning, or not recorded', async () => {
  await pretrain();
  const learner = foresight.models.get('duelist').learn();
  const { act } = addActor(sceneOf(game));
  const kept = addActor(sceneOf(game), { id: 'kept', record: false });
  foresight.learnFromPlay = false;
  await play(act, habit(12));
  foresight.learnFromPlay = true;
  foresight.recordPlay = false;
  await play(act, habit(12));
  foresight.recordPlay = true;
  await play(kept.act, habit(12));
  expect(learner.updates).toBe(0);
  await play(act, habit(8));
  expect(learner.updates).toBe(2);
});

it('learns again from good weights when a rate is absurd', async () => {
  await pretrain();
  const model = foresight.models.get('duelist');
  const learner = model.learn({ rate: 100, averaging: 0 });
  const { act, character } = addActor(sceneOf(game));
  await play(act, habit(24));
  // A chance hit on so few steps may stay until the next ones.
  expect(learner.figures!.rollbacks).toBeGreaterThanOrEqual(4);
  const { learned, frozen } = learner.figures!;
  expect(learned.logLoss).toBeLessThan(frozen.logLoss + learner.options.tolerance);
  expect(model.checkpoint!.weights.every(Number.isFinite)).toBe(true);
  expect(character.prediction).not.toBeNull();
});

it('pauses when the worker cannot be started, and tries it again only when asked', async () => {
  await endGame(game);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  let starts = 0;
  const fails = (): Worker => {
    starts++;
    return new Worker('/no-such-worker.js', { type: 'module' });
  };
  game = await startGame({
    workers,
    data: { worker: () => (starts < 2 ? fails() : workers.start()) },
  });
  foresight = ForesightPlugin.of(game);
  const errors: ForesightEvents['error'][] = [];
  foresight.events.on('error', (event) => errors.push(event));
  const { act } = addActor(sceneOf(game));
  const models = ['duelist', 'other'].map((key) =>
    foresight.models.define(SPEC, { key, config: TINY }),
  );
  const learners = models.map((model) => model.learn({ minSteps: 2 }));
  act(...habit(20));
  await until(() => learners.every(({ state }) => state === 'paused'));
  act(...habit(20));
  expect(starts).toBe(1);
  expect(errors).toMatchObject([{ source: 'learn', key: 'duelist' }]);
  expect(learners[0].failure).toBe(errors[0].error);
  await expect(foresight.engine()).rejects.toBe(errors[0].error);
  await expect(models[0].train()).rejects.toMatchObject({ code: 'worker-failed' });
  expect(errors).toMatchObject([{ source: 'learn' }, { source: 'train' }]);
  expect(starts).toBe(2);
  learners[0].resume();
  await until(() => models[0].checkpoint !== null);
  expect(learners[0].failure).toBeNull();
});
