/** A game that plays itself for hours, see `Field`. Its clock moves only when `play` is called. */
import type * as Phaser from 'phaser';
import { ForesightPlugin } from '../../../plugin/index.ts';
import type { ForesightModel } from '../../../plugin/index.ts';
import { startGame } from '../../browser/plugin/fixtures/game.ts';
import { countListeners } from '../../browser/plugin/fixtures/listeners.ts';
import { LiveWorkers } from '../../browser/plugin/fixtures/live-workers.ts';
import type { Shown } from '../browser.ts';
import { holdClock } from '../game-clock.ts';
import type { HeldClock } from '../game-clock.ts';
import { Field } from './field.ts';
import { leak } from './leak.ts';
import { PAGE } from './page-options.ts';
import { FIRST_TRAIN_SECONDS, FRAMES_PER_SECOND } from './play.ts';
import { SESSION_SECONDS, SPEC, TRAIN_SECONDS } from './play.ts';
import type { PageFigures, Played } from './play.ts';

/** Simulated seconds between two waits for the worker and the storage. */
const STRIDE = 5;
/** One frame in so many is drawn. */
const DRAWN_EVERY = 50;
/** Shorter timers wait for what the machine does; longer ones move with the clock. */
const HELD_TIMERS_MS = 100;

const { roundSeconds, mostEpisodes, leaks } = PAGE;
holdClock({
  frameMs: 1000 / FRAMES_PER_SECOND,
  drawnEvery: DRAWN_EVERY,
  heldTimersMs: HELD_TIMERS_MS,
});
const { stepFrames } = globalThis as unknown as HeldClock;
const steps = setInterval(() => void stepFrames(1), 1);
const game = await startGame({
  scenes: [Field],
  workers: new LiveWorkers(),
  data: { store: 'indexeddb', engine: 'auto', keepRecordings: { episodes: mostEpisodes } },
});
clearInterval(steps);
Object.assign(globalThis, { duelGame: game } satisfies Shown);

const foresight = ForesightPlugin.of(game);
const { events, models, recordings } = foresight;
const model = models.get(SPEC.name);
const scene = game.scene.getScene('field') as Field;
const problems: string[] = [];
const counts = { trainings: 0, restarts: 0, recalls: 0 };
let seconds = 0;
events.on('warning', ({ message }) => problems.push(message));
events.on('error', ({ error }) => problems.push(error.message));
events.on('storage-error', ({ error }) => problems.push(error.message));
events.on('recalled', () => counts.recalls++);
events.on('trained', () => counts.trainings++);

/** Resolves when a training shows progress, or ends. */
const nextProgress = (training: ReturnType<ForesightModel['train']>): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      events.off('progress', done);
      resolve();
    };
    events.on('progress', done);
    training.result.then(done, done);
  });

/** Resolves when the worker has learned from what was played, and that is stored; or when a training advances. */
async function settle(): Promise<void> {
  const [training] = foresight.trainings;
  if (training) await nextProgress(training);
  while (!foresight.trainings.length && model.learner!.state === 'learning')
    await new Promise((resolve) => setTimeout(resolve, 1));
  await recordings.settled();
  await recordings.writer.inTurn(async () => {});
  await Promise.all(scene.foresight.tracked.map(({ recalled }) => recalled));
}

async function play(forSeconds: number): Promise<void> {
  for (const end = seconds + forSeconds; seconds < end;) {
    await stepFrames(STRIDE * FRAMES_PER_SECOND);
    seconds += STRIDE;
    await settle();
    const second = seconds % roundSeconds;
    if (second === roundSeconds / 4) scene.panel.open();
    if (second === roundSeconds / 2) scene.panel.close();
    if (seconds === FIRST_TRAIN_SECONDS || seconds % TRAIN_SECONDS === 0)
      model.train({ training: { epochs: 1 }, tolerance: Infinity }).result.catch(() => {});
    if (seconds % SESSION_SECONDS === 0) foresight.session = `session-${seconds}`;
    if (second === 0) {
      scene.foresight.endEpisodes();
      scene.scene.restart();
      counts.restarts++;
      if (leaks) await leak(game);
    }
  }
  while (foresight.trainings.length) await settle();
}

async function figures(): Promise<PageFigures> {
  await settle();
  const { episodes, bytes } = await recordings.store.size();
  const { input, scale } = game;
  // The plugin's is one of Phaser's, with other types.
  const own = events as unknown as Phaser.Events.EventEmitter;
  const emitters = [own, game.events, scene.events, scene.scale, scene.input, input.events, scale];
  return {
    listeners: emitters
      .flatMap((one) => Object.values(countListeners(one)))
      .reduce((a, b) => a + b),
    objects: scene.children.length,
    episodes,
    bytes,
    keptBytes: await models.kept!.size(),
    storage: (await navigator.storage.estimate()).usage!,
    played: { ...counts, updates: model.learner!.updates, seconds, steps: scene.steps, problems },
  };
}

Object.assign(globalThis, { endurance: { play, figures } satisfies Played });
