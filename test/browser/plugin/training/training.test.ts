import type * as Phaser from 'phaser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import type { ForesightEvents, ForesightOptions, TrainedResult } from '../../../../plugin/index.ts';
import { category, defineSpec } from '../../../../src/core.ts';
import type { TrainingConfig } from '../../../../src/core.ts';
import { splitBySession } from '../../../../src/dataset/split.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { TINY, tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';
import { addActor } from '../fixtures/play.ts';

let game: Phaser.Game;
let foresight: ForesightPlugin;
const workers = new LiveWorkers();
async function begin(data: ForesightOptions = {}): Promise<void> {
  game = await startGame({ workers, data });
  foresight = ForesightPlugin.of(game);
}
beforeEach(() => begin());
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
  expect(workers.live.size).toBe(0);
});

const QUICK: Partial<TrainingConfig> = {
  epochs: 30,
  batchSize: 8,
  windowLength: 16,
  windowStride: 12,
  warmUp: 4,
  dropout: 0,
  learningRate: { kind: 'constant', rate: 0.02 },
};
const SESSIONS = ['a', 'b', 'c', 'd', 'e', 'f'].map((session) =>
  episodeOf(habit(40), { id: session, session }),
);

it('trains what was played, reports progress, and predicts with the new weights', async () => {
  await foresight.models.add('duelist', tinyCheckpoint()).ready;
  const { character, act } = addActor(sceneOf(game));
  act(...habit(120));
  const before = character.prediction!;
  const events: ForesightEvents['progress'][] = [];
  const trained: TrainedResult[] = [];
  foresight.events.on('progress', (event) => events.push(event));
  foresight.events.on('trained', (event) => trained.push(event));
  const run = foresight.models.get('duelist').train({ training: QUICK });
  const epochs: number[] = [];
  for await (const { epoch, epochEnd } of run) if (epochEnd) epochs.push(epoch);
  const result = await run;
  expect(epochs.at(-1)).toBe(30);
  expect(events.length).toBeGreaterThanOrEqual(30);
  expect(events[0]).toMatchObject({ key: 'duelist' });
  expect(trained).toEqual([result]);
  expect(result).toMatchObject({ swapped: true, cancelled: false, engine: { engine: 'cpu' } });
  expect(result.after).toBeLessThan(result.before);
  expect(result.checkpoint.trainedOn).toMatchObject({ episodes: 1, steps: 120 });
  const { predictor } = foresight.models.get('duelist');
  await until(() => predictor!.continueSwap(0));
  // The character's past went through the new weights: same step, better guess, without a new one.
  const after = character.prediction!;
  expect(after.steps).toBe(120);
  const next = [0, 0, 2][120 % 3];
  expect(after.probabilities[next]).toBeGreaterThan(before.probabilities[next]);
  expect(after.probabilities[next]).toBeGreaterThan(0.8);
  expect(run.state).toBe('done');
  expect(workers.started).toBeGreaterThan(0);
});

it('trains a model that had no weights, on given episodes', async () => {
  foresight.models.define(SPEC, { config: TINY });
  const { swapped, checkpoint, before } = await foresight.models.get('duelist').train({
    episodes: SESSIONS,
    training: QUICK,
  });
  expect({ swapped, before }).toEqual({ swapped: true, before: NaN });
  expect(checkpoint.model.units).toBe(8);
  expect(checkpoint.metrics.heldOutTop1).toBeGreaterThan(0.8);
  expect(addActor(sceneOf(game)).character.prediction).toBeNull();
  expect(foresight.models.get('duelist').checkpoint).toBe(checkpoint);
});

it('keeps what the n-gram model of a category learns from', async () => {
  const weather = defineSpec({
    ...SPEC,
    name: 'walker',
    observation: [category('weather', ['sun', 'rain'])],
  });
  foresight.models.define(weather, { config: TINY });
  const columns = [Float32Array.from(habit(40), (_, i) => i % 2)];
  const { checkpoint } = await foresight.models.get('walker').train({
    episodes: SESSIONS.map((episode) => ({ ...episode, columns })),
    training: { ...QUICK, epochs: 1 },
  });
  const { steps, category: learned } = checkpoint.trainedOn;
  expect(steps).toBe(240);
  expect(learned!.context.field).toBe('weather');
});

it('keeps the old weights when training makes nothing better', async () => {
  foresight.models.define(SPEC, { config: TINY });
  await foresight.models.get('duelist').train({ episodes: SESSIONS, training: QUICK });
  const { weights } = foresight.models.get('duelist').checkpoint!;
  const misled = SESSIONS.map((episode) => ({
    ...episode,
    actions: episode.actions.map((_, i) => [1, 2, 1, 0, 2][i % 5]),
  }));
  // Learns the other habit, is compared on the held-out session, which has the first one.
  const mixed = [...misled.slice(1), SESSIONS[0]];
  const result = await foresight.models.get('duelist').train({
    episodes: mixed,
    training: { ...QUICK, seed: seedThatHoldsOut('a') },
  });
  expect(result).toMatchObject({ swapped: false, cancelled: false });
  expect(result.after).toBeGreaterThanOrEqual(result.before);
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(weights);
});

it('keeps the old weights when cancelled, and pauses and resumes', async () => {
  const checkpoint = tinyCheckpoint();
  foresight.models.add('duelist', checkpoint);
  const run = foresight.models.get('duelist').train({
    episodes: SESSIONS,
    training: { ...QUICK, epochs: 5000, patience: 0 },
  });
  let reports = 0;
  foresight.events.on('progress', () => reports++);
  await until(() => reports > 0);
  run.pause();
  expect(run.state).toBe('paused');
  // A worker that answers has read the commands before; what it had reported by then arrives meanwhile.
  await roundTrips(3);
  const paused = reports;
  await roundTrips(200);
  expect(reports).toBe(paused);
  run.resume();
  await until(() => reports > paused);
  run.cancel();
  expect(await run).toMatchObject({ cancelled: true, swapped: false });
  expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(checkpoint.weights);
});

it('runs one training after the other', async () => {
  foresight.models.add('duelist', tinyCheckpoint());
  const order: string[] = [];
  foresight.events.on('activity', ({ state }) => order.push(state));
  const training = { ...QUICK, epochs: 2 };
  const runs = [1, 2].map(() =>
    foresight.models.get('duelist').train({ episodes: SESSIONS, training }),
  );
  expect(foresight.trainings).toEqual(runs);
  await Promise.all(runs);
  await until(() => foresight.trainings.length === 0);
  expect(order).toEqual(['training', 'idle', 'training', 'idle']);
});

it('reports what is missing when nothing was recorded', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  foresight.models.add('duelist', tinyCheckpoint());
  const errors: ForesightEvents['error'][] = [];
  foresight.events.on('error', (event) => errors.push(event));
  await expect(foresight.models.get('duelist').train()).rejects.toMatchObject({ code: 'bad-data' });
  expect(errors).toMatchObject([{ source: 'train', key: 'duelist' }]);
  expect(() => foresight.models.get('unknown').train()).toThrow(/There is no model "unknown"/);
});

it('survives a worker that cannot load: the game continues and keeps its recordings', async () => {
  await endGame(game);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await begin({ worker: 'no-such-worker.js' });
  foresight.models.add('duelist', tinyCheckpoint());
  const errors: ForesightEvents['error'][] = [];
  foresight.events.on('error', (event) => errors.push(event));
  const { character, act } = addActor(sceneOf(game));
  act(...habit(30));
  await expect(foresight.models.get('duelist').train()).rejects.toMatchObject({
    code: 'worker-failed',
  });
  expect(errors).toMatchObject([{ source: 'train', key: 'duelist' }]);
  act(0);
  expect(character.prediction!.steps).toBe(31);
  expect((await foresight.recordings.load(SPEC))[0].length).toBe(31);
});

it('trains on WebGPU, here the software adapter', async () => {
  foresight.models.add('duelist', tinyCheckpoint());
  const result = await foresight.models.get('duelist').train({
    episodes: SESSIONS,
    engine: 'webgpu',
    training: { ...QUICK, epochs: 2 },
  });
  expect(result.engine).toMatchObject({ engine: 'webgpu' });
  expect(result.swapped).toBe(true);
  expect(result.after).toBeLessThan(result.before);
});

/** Calls the worker that often, waiting for each answer. Between two calls a run does some batches. */
async function roundTrips(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await foresight.engine();
}

/** A seed for which the trainer's split holds out this session alone. */
function seedThatHoldsOut(session: string): number {
  for (let seed = 1; seed < 200; seed++) {
    const { heldOut } = splitBySession(SESSIONS, { fraction: 0.15, seed });
    if (heldOut.length === 1 && heldOut[0].session === session) return seed;
  }
  throw new Error('no seed holds it out');
}
