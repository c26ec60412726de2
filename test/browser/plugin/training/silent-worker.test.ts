import type * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { ForesightEvents } from '../../../../plugin/index.ts';
import { TRAINER_CLIENT_DEFAULTS } from '../../../../src/worker/client.ts';
import { episodeOf, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';
import { addActor } from '../fixtures/play.ts';

const real = new LiveWorkers();
/** Calls that the silent worker has left without an answer. */
let asked = 0;
let silent: Worker | null = null;
let ended = false;

/** The first worker is ready and then silent; the others are real. */
function start(): Worker {
  if (silent) return real.start();
  const worker = new Worker(new URL('../../worker/fixtures/silent.worker.ts', import.meta.url), {
    type: 'module',
  });
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    ended = true;
    terminate();
  };
  worker.addEventListener('message', ({ data }) => (asked += Number(data === 'asked')));
  return (silent = worker);
}

let game: Phaser.Game;
let foresight: ForesightPlugin;
const errors: ForesightEvents['error'][] = [];
/** Timers that are due when the test lets time pass: only the deadlines of calls wait this long. */
const QUARTER = TRAINER_CLIENT_DEFAULTS.answerTimeoutMs / 4;
const due: (() => void)[] = [];
beforeEach(async () => {
  asked = errors.length = due.length = 0;
  silent = null;
  ended = false;
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const wait = setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) =>
    ms! >= QUARTER ? -due.push(run) : wait(run, ms)) as typeof setTimeout);
  game = await startGame({ data: { worker: start } });
  foresight = ForesightPlugin.of(game);
  foresight.events.on('error', (event) => errors.push(event));
  foresight.models.add('duelist', tinyCheckpoint());
});
afterEach(async () => {
  await endGame(game);
  vi.restoreAllMocks();
  expect(real.live.size).toBe(0);
});

/** The time of every call that is pending passes. */
function passTime(): void {
  while (due.length) due.shift()!();
}

const SILENCE = {
  code: 'worker-failed',
  message: expect.stringMatching(/showed no progress .*\. Start the training again/),
};
const EPISODES = [episodeOf(habit(40))];
const train = (): ReturnType<ReturnType<typeof foresight.models.get>['train']> =>
  foresight.models.get('duelist').train({ episodes: EPISODES, training: { epochs: 1 } });

it('ends a training with an error that is reported, and the next one uses another worker', async () => {
  const run = train();
  await until(() => asked === 1);
  passTime();
  await expect(run.result).rejects.toMatchObject(SILENCE);
  expect(errors).toMatchObject([{ source: 'train', key: 'duelist', error: SILENCE }]);
  expect(ended).toBe(true);
  expect(await train()).toMatchObject({ cancelled: false });
});

it('ends a training that was cancelled, and deletes everything', async () => {
  const run = train();
  await until(() => asked === 1);
  run.cancel();
  const cleared = foresight.clearAll();
  await until(() => asked === 2);
  passTime();
  await expect(run.result).rejects.toMatchObject(SILENCE);
  await cleared;
  expect(foresight.trainings).toEqual([]);
});

it('learning from play begins again with another worker', async () => {
  const learner = foresight.models.get('duelist').learn();
  const { act } = addActor(sceneOf(game));
  act(...habit(4));
  await until(() => asked === 1);
  passTime();
  await until(() => errors.length === 1);
  expect(errors).toMatchObject([{ source: 'learn', key: 'duelist', error: SILENCE }]);
  expect(learner.failure).toBeNull();
  act(...habit(40));
  await until(() => learner.updates > 0);
  expect(ended).toBe(true);
});
