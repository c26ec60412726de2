import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, inject, it } from 'vitest';
import { DUEL_SPEC } from '../../demo/duel/duel-spec.ts';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { packWindow } from '../../src/cli/pack-window.ts';
import { ShardWriter } from '../../src/cli/shard-writer.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint, Episode, Predictor } from '../../src/core.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import { traceEpisodes } from '../../src/experts/trace-episodes.ts';
import { votedEdges } from '../../src/network/shape.ts';
import { createRng } from '../../src/util/rng.ts';
import { Folder, foresightHere } from '../cli/run.ts';
import { NO_TORCH, PYTHON, runModule, trainOn } from '../cluster/processes.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { holdKey } from './game-clock.ts';
import { chooseTab, pressButton } from './keyboard.ts';

const openDemo = useDemo();
const folder = new Folder();
afterAll(() => folder.remove());

/** A small network with every part. */
const CONFIG = {
  model: {
    contexts: 2,
    units: 12,
    layers: 2,
    embedding: 3,
    pieces: 4,
    feedForward: 10,
    unaided: true,
  },
  training: { epochs: 6, windowLength: 16, windowStride: 8, warmUp: 8, batchSize: 4 },
};

/** Plays with real keys in a page whose recordings are empty; returns the file that the panel saves. */
async function record(): Promise<string> {
  const { page, problems } = await openDemo('?scene=fight&rounds=9&seed=1');
  await inRound(page);
  for (let round = 0; round < 50; round++) await blockThenStrike(page);
  await holdKey(page, 't');
  await chooseTab(page, 'data');
  const downloading = page.waitForEvent('download');
  await pressButton(page, 'exportEpisodes');
  const file = await (await downloading).path();
  const saved = folder.write('play.episodes', readFileSync(file));
  expect(problems).toEqual([]);
  await page.close();
  return saved;
}

/** A part of a round, and what the loaded model predicts after each of its steps. */
interface Played {
  readonly episode: Omit<Episode, 'ticks' | 'actions' | 'columns'> &
    Readonly<Record<'ticks' | 'actions', readonly number[]>> & {
      readonly columns: readonly (readonly number[])[];
    };
  readonly weights: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

/** Plays in a page that loads this model; its network predicts alone, not blended with simple models. */
async function predict(model: Uint8Array): Promise<Played> {
  const { page, problems } = await openDemo('', { url: 'about:blank' });
  await page.route(/duelist\.safetensors/, (route) => route.fulfill({ body: Buffer.from(model) }));
  await page.goto(`${inject('demoUrl')}?scene=fight&seed=2&sharpness=0.5`);
  await inScene(page, 'fight');
  await page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { foresight } = duelGame.scene.getScene('fight') as FightScene;
    foresight.shared.learnFromPlay = false;
  });
  await inRound(page);
  for (let round = 0; round < 5; round++) await blockThenStrike(page);
  const played = await readPredictions(page);
  expect(problems).toEqual([]);
  await page.close();
  return played;
}

const readPredictions = (page: Page): Promise<Played> =>
  page.evaluate(async () => {
    const { duelGame } = globalThis as unknown as Shown;
    const { foresight, hero } = duelGame.scene.getScene('fight') as FightScene;
    const checkpoint = foresight.shared.models.get('duelist').checkpoint!;
    const episode = hero.currentEpisode()!;
    const Class = hero.followed!.predictor.constructor as unknown as typeof Predictor;
    const predictor = await Class.create(checkpoint, { blend: false });
    const probabilities = Array.from(episode.ticks, (tick, i) => {
      const values = Float32Array.from(episode.columns, (column) => column[i]);
      const step = { tick, action: episode.actions[i], values };
      return Array.from(predictor.observe('player', step).probabilities);
    });
    return {
      episode: {
        ...episode,
        ticks: Array.from(episode.ticks),
        actions: Array.from(episode.actions),
        columns: episode.columns.map((column) => Array.from(column)),
      },
      weights: Array.from(checkpoint.weights),
      probabilities,
    };
  });

/** What Python predicts after each step but the last. */
function predictInPython(checkpoint: Checkpoint, file: string, episode: Episode): number[][] {
  const { experts, shape, statistics, model } = checkpoint;
  const timeEdges = votedEdges(shape, statistics);
  const { length } = episode;
  const data = new WindowDataset({
    windowLength: length,
    windowStride: length,
    warmUp: 0,
    spec: DUEL_SPEC,
    statistics,
    episodes: [episode],
    votes: traceEpisodes(DUEL_SPEC, [episode], { table: experts!, timeEdges }),
    continuous: model.continuous,
  });
  const writer = new ShardWriter({
    folder: folder.file(''),
    kind: 'episode',
    shards: 1,
    rng: createRng(1),
  });
  for (const batch of data.batches(1)) writer.add(packWindow(batch));
  const [{ file: shard }] = writer.finish().shards;
  const index = join(folder.file('shards'), 'shards.json');
  const args = [file, index, folder.file(shard), '--steps', String(length)];
  return (JSON.parse(runModule('predict', args)) as number[][][])[0].slice(0, length - 1);
}

it('plays, exports, trains on two processes, and predicts in the game what Python predicts', async ({
  skip,
}) => {
  skip(!PYTHON, NO_TORCH);
  const play = await record();
  const shards = folder.file('shards');
  const config = folder.write('config.json', JSON.stringify(CONFIG));
  const exported = await foresightHere(
    `export ${play} --out ${shards} --shards 2 --test-fraction 0 --config ${config} --json`.split(
      ' ',
    ),
  );
  expect(exported.stderr).toBe('');
  const { steps, windows } = JSON.parse(exported.stdout);
  expect(steps).toBeGreaterThan(90);
  expect(windows).toBeGreaterThan(10);

  const file = folder.file('model.safetensors');
  const { codes, errors, lines } = await trainOn({ shards, out: file, processes: 2 });
  expect(codes, errors).toEqual([0, 0]);
  const losses = lines.filter(({ epoch }) => epoch).map(({ loss }) => loss);
  expect(losses.at(-1)).toBeLessThan(losses[0]);

  const checkpoint = parseCheckpoint(new Uint8Array(readFileSync(file)));
  const { episode, weights, probabilities } = await predict(readFileSync(file));
  expect(weights).toEqual(Array.from(checkpoint.weights));
  expect(episode.ticks.length).toBeGreaterThan(10);
  const theirs = predictInPython(checkpoint, file, {
    ...episode,
    // The page recorded it with learning switched off.
    learn: true,
    ticks: Int32Array.from(episode.ticks),
    actions: Uint16Array.from(episode.actions),
    columns: episode.columns.map((column) => Float32Array.from(column)),
  });
  const apart = theirs.map((row, step) =>
    Math.max(...row.map((p, action) => Math.abs(p - probabilities[step][action]))),
  );
  expect(apart.length).toBe(episode.ticks.length - 1);
  expect(Math.max(...apart)).toBeLessThan(1e-4);
});
