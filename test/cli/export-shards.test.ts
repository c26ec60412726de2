import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { VOTE_STEP } from '../../src/cli/pack-window.ts';
import type { Batch } from '../../src/dataset/batch.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { prepareRun } from '../../src/train/prepare.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { readShard } from './read-shard.ts';
import type { ReadWindow, ShardWidths } from './read-shard.ts';
import { Folder, foresightHere } from './run.ts';

const EPISODES = Array.from({ length: 6 }, (_, i) => randomEpisode(50, i + 1));
const MODEL = { contexts: 2, units: 8, pieces: 0, feedForward: 0 };
const TRAINING = { windowLength: 16, windowStride: 8, warmUp: 8, heldOutFraction: 0.3 };

const widthsOf = ({
  features,
  values,
  actions,
  timeBins,
  experts = 0,
}: NetworkShape): ShardWidths => ({
  features,
  values,
  votes: experts * actions,
  timeVotes: experts * timeBins,
});

/** A batch of one window as a shard has it. */
function windowOf(batch: Batch): ReadWindow {
  const { windowLength: steps, mask } = batch;
  const [firstTarget, length] = [mask.indexOf(1), mask.lastIndexOf(1) + 1];
  const rows = (values: ArrayLike<number> = [], from = firstTarget): number[] => {
    const width = values.length / steps;
    return Array.from(values).slice(from * width, length * width);
  };
  return {
    length,
    firstTarget,
    features: rows(batch.features, 0),
    values: rows(batch.values),
    actions: rows(batch.actions),
    votes: rows(batch.experts),
    timeVotes: rows(batch.timeExperts),
    timeBins: rows(batch.timeBins),
  };
}

const withoutVotes = (window: ReadWindow): ReadWindow => ({ ...window, votes: [], timeVotes: [] });

/** In an order that does not depend on the files. */
const byFeatures = <T extends Pick<ReadWindow, 'features'>>(windows: readonly T[]): T[] =>
  windows
    .map((one) => [String(one.features), one] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);

describe('foresight export --shards', () => {
  const folder = new Folder();
  afterAll(() => folder.remove());
  const play = folder.write('play.bin', encodeEpisodes({ spec: SPEC, episodes: EPISODES }));
  const config = folder.write('c.json', JSON.stringify({ model: MODEL, training: TRAINING }));
  const run = (out: string, shards: number, ...more: readonly string[]) =>
    foresightHere([
      'export',
      play,
      '--out',
      out,
      '--shards',
      String(shards),
      '--config',
      config,
      '--test-fraction',
      '0',
      '--json',
      ...more,
    ]);

  it('saves every window once, in files of equal size, and the start weights', async () => {
    const out = folder.file('shards');
    const { stdout, stderr } = await run(out, 3);
    expect(stderr).toBe('');
    const index = JSON.parse(readFileSync(join(out, 'shards.json'), 'utf8'));
    expect(readdirSync(out)).toHaveLength(2 + index.train.length + index.heldOut.length);
    const start = parseCheckpoint(readFileSync(join(out, 'start.safetensors')));
    const { model, training, shape } = start;
    expect(index.shape).toEqual(shape);
    const prepared = prepareRun({ spec: SPEC, episodes: EPISODES, model, training });
    expect(start.weights).toEqual(prepared.weights);
    expect(start.experts).toEqual(prepared.experts);
    expect(start.trainedOn).toEqual({ ...prepared.trainedOn, files: [play] });
    for (const [kind, data] of [
      ['train', prepared.train],
      ['heldOut', prepared.heldOut!],
    ] as const) {
      const files: readonly { file: string; windows: number }[] = index[kind];
      const found = files.map(({ file }) => readShard(join(out, file), widthsOf(shape)));
      expect(found.map(({ length }) => length)).toEqual(files.map(({ windows }) => windows));
      const sizes = files.map(({ windows }) => windows);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
      const expected = [...data.batches(1)].map(windowOf);
      expect(byFeatures(found.flat().map(withoutVotes))).toEqual(
        byFeatures(expected.map(withoutVotes)),
      );
      const [votes, exact] = [found.flat(), expected].map((windows) =>
        byFeatures(windows).flatMap((one) => [...one.votes, ...one.timeVotes]),
      );
      expect(votes).toHaveLength(exact.length);
      votes.forEach((vote, i) =>
        expect(Math.abs(vote - exact[i])).toBeLessThan(0.5001 * VOTE_STEP),
      );
    }
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'shards',
      episodes: 6,
      fittedSteps: 300,
      testSessions: [],
    });
  });

  it('fits on a few sessions where there are many, and saves the windows of all', async () => {
    const out = folder.file('sample');
    const { stdout } = await run(out, 2, '--fit-steps', '100');
    const { fittedSteps, windows } = JSON.parse(stdout);
    // Whole sessions of 50 steps: two to train on, and one of those that are held out.
    expect(fittedSteps).toBe(150);
    const whole = folder.file('whole');
    expect(JSON.parse((await run(whole, 2)).stdout).windows).toBe(windows);
    const start = parseCheckpoint(readFileSync(join(out, 'start.safetensors')));
    expect(start.experts!.next).toHaveLength(98);
    const all = parseCheckpoint(readFileSync(join(whole, 'start.safetensors'))).trainedOn;
    expect(start.trainedOn).toMatchObject({
      episodes: all.episodes,
      steps: all.steps,
      actions: [],
    });
    expect([...start.trainedOn.sessions].sort()).toEqual([...all.sessions].sort());
  });

  it('refuses more shards than there are windows', async () => {
    const { code, stderr } = await run(folder.file('too-many'), 5000);
    expect(code).toBe(2);
    expect(stderr).toContain('fewer than 5000 shards');
  });
});
