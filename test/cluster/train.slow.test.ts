import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packWindow } from '../../src/cli/pack-window.ts';
import { ShardWriter } from '../../src/cli/shard-writer.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import { traceEpisodes } from '../../src/experts/trace-episodes.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { readSafetensors } from '../../src/model/safetensors.ts';
import { votedEdges } from '../../src/network/shape.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { evaluateBatches } from '../../src/train/evaluate-batches.ts';
import { prepareRun } from '../../src/train/prepare.ts';
import { learningRateAt } from '../../src/train/schedule.ts';
import { createRng } from '../../src/util/rng.ts';
import { Folder, foresightHere } from '../cli/run.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { NO_TORCH, PYTHON, runExample, runModule, trainOn } from './processes.ts';
import type { RunEnd } from './processes.ts';

const EPISODES: readonly Episode[] = Array.from({ length: 12 }, (_, i) => randomEpisode(90, i + 1));
/** A network with every part. */
const CONFIG = {
  model: {
    contexts: 2,
    units: 12,
    layers: 2,
    embedding: 3,
    pieces: 4,
    feedForward: 10,
    unaided: true,
    continuous: ['x'],
  },
  training: {
    epochs: 16,
    windowLength: 16,
    windowStride: 8,
    warmUp: 8,
    batchSize: 8,
    heldOutFraction: 0.2,
    learningRate: { kind: 'cosine', rate: 4e-3, floor: 1e-5, warmUp: 0.1 },
  },
};
const UPDATES = 200;
/** How far the loss of an update may be from that in float32, as a share: bfloat16 has eight bits. */
const HALF_TOLERANCE = 0.005;

const largest = (values: Iterable<number>): number => Math.max(...values);

describe('training on many processes', () => {
  beforeEach(({ skip }) => skip(!PYTHON, NO_TORCH));
  const folder = new Folder();
  afterAll(() => folder.remove());
  const shards = folder.file('shards');
  const modelOf = (name: string): string => folder.file(`${name}.safetensors`);
  const read = (name: string): Checkpoint => parseCheckpoint(readFileSync(modelOf(name)), name);
  let one: RunEnd;
  let two: RunEnd;

  beforeAll(async () => {
    if (!PYTHON) return;
    const episodes = folder.write('play.bin', encodeEpisodes({ spec: SPEC, episodes: EPISODES }));
    const config = folder.write('config.json', JSON.stringify(CONFIG));
    const exported = await foresightHere([
      'export',
      episodes,
      '--out',
      shards,
      '--shards',
      '4',
      '--config',
      config,
      '--test-fraction',
      '0',
    ]);
    expect(exported.stderr).toBe('');
    one = await trainOn({ shards, out: modelOf('one'), processes: 1 });
    two = await trainOn({ shards, out: modelOf('two'), processes: 2 });
  });

  const updatesOf = ({ lines }: RunEnd) => lines.filter(({ update }) => update !== undefined);

  it('has the losses of one process that has the same batches', () => {
    expect([one.codes, two.codes], one.errors + two.errors).toEqual([[0], [0, 0]]);
    const [a, b] = [updatesOf(one), updatesOf(two)];
    expect(a.length).toBeGreaterThanOrEqual(UPDATES);
    expect(b.length).toBe(a.length);
    expect(largest(a.map(({ loss }, i) => Math.abs(loss - b[i].loss)))).toBeLessThan(1e-4);
    expect(a.at(-1)?.loss).toBeLessThan(0.95 * a[0].loss);
  });

  it('has the learning rates of `foresight train`', () => {
    const { learningRate, epochs } = read('one').training;
    const found = updatesOf(one);
    const updates = (found.length / one.lines.filter(({ epoch }) => epoch).length) * epochs;
    found.forEach((line, update) => {
      const expected = learningRateAt(learningRate, { update, updates, epoch: 0 });
      expect(line.learningRate).toBeCloseTo(expected, 10);
    });
  });

  it('continues after a process was killed, and ends as if it had not been', async () => {
    const out = modelOf('killed');
    const run = { shards, out, processes: 2, args: ['--save-every', '7'] };
    const broken = await trainOn({
      ...run,
      onLine: ({ update }, [, second]) => {
        if (update === UPDATES / 2) second.kill('SIGKILL');
      },
    });
    expect(broken.codes).toEqual([75, null]);
    const resumed = await trainOn(run);
    expect(resumed.codes, resumed.errors).toEqual([0, 0]);
    const [first] = updatesOf(resumed);
    expect(first.update).toBeGreaterThanOrEqual(UPDATES / 2 - 7);
    const [a, b] = [updatesOf(two), updatesOf(resumed)];
    expect(b.at(-1)?.update).toBe(a.at(-1)?.update);
    expect(Math.abs(b.at(-1)!.loss - a.at(-1)!.loss)).toBeLessThan(1e-3);
    const [x, y] = [read('two').weights, read('killed').weights];
    expect(largest(x.map((weight, i) => Math.abs(weight - y[i])))).toBeLessThan(1e-3);
  });

  it('trains in bfloat16 nearly as in float32, and saves float32', async () => {
    const half = await trainOn({ shards, out: modelOf('half'), processes: 2, args: ['--bf16'] });
    expect(half.codes, half.errors).toEqual([0, 0]);
    const [a, b] = [updatesOf(two), updatesOf(half)];
    expect(b.length).toBe(a.length);
    const apart = b.map(({ loss }, i) => Math.abs(loss - a[i].loss) / a[i].loss);
    // It did compute in another precision.
    expect(apart[0]).toBeGreaterThan(1e-6);
    expect(largest(apart)).toBeLessThan(HALF_TOLERANCE);
    expect(b.at(-1)?.loss).toBeLessThan(0.95 * b[0].loss);
    const [x, y] = [read('half'), read('two')];
    expect(x.metrics.heldOutLoss).toBeCloseTo(y.metrics.heldOutLoss!, 2);

    const kinds = (name: string) =>
      readSafetensors(readFileSync(modelOf(name))).tensors.map((tensor) => [
        tensor.name,
        tensor.data.constructor.name,
      ]);
    expect(kinds('half')).toEqual(kinds('two'));
    expect(kinds('half')).toContainEqual(['lstm.weight_hh_l0', 'Float32Array']);
    const predictor = createPredictor(x, { spec: SPEC, blend: false });
    const [episode] = EPISODES;
    for (let step = 0; step < episode.length; step++) {
      const { probabilities } = predictor.observe('player', stepAt(episode, step));
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
  });

  it('trains the same under the example for Ray Train, with a stand-in for Ray', () => {
    const status = runExample('ray_train.py', [shards, modelOf('ray')]);
    expect(status.code, status.errors).toBe(0);
    const [x, y] = [read('two').weights, read('ray').weights];
    expect(largest(x.map((weight, i) => Math.abs(weight - y[i])))).toBeLessThan(1e-3);
  });

  it('gives a model whose held-out figures are the same here', async () => {
    const checkpoint = read('two');
    const { metrics, shape, training, weights, model } = checkpoint;
    const { heldOut } = prepareRun({ spec: SPEC, episodes: EPISODES, model, training });
    const backend = await createCpuBackend({ shape, training, weights });
    const figures = await evaluateBatches(backend, heldOut!.batches(8), async () => true);
    backend.dispose();
    expect(metrics.heldOutLoss).toBeCloseTo(figures!.loss, 4);
    expect(metrics.heldOutLogLoss).toBeCloseTo(figures!.logLoss, 4);
    expect(metrics.heldOutTop1).toBeCloseTo(figures!.top1, 4);
  });

  it('gives a model that predicts in play what it predicts in Python', () => {
    const checkpoint = read('two');
    const { experts, shape, statistics } = checkpoint;
    const episode = randomEpisode(70, 99);
    const timeEdges = votedEdges(shape, statistics);
    const votes = traceEpisodes(SPEC, [episode], { table: experts!, timeEdges });
    const whole = { windowLength: 70, windowStride: 70, warmUp: 0 };
    const data = new WindowDataset({
      ...whole,
      spec: SPEC,
      statistics,
      episodes: [episode],
      votes,
      continuous: checkpoint.model.continuous,
    });
    const [batch] = data.batches(1);
    const files = { folder: folder.file(''), kind: 'episode', shards: 1, rng: createRng(1) };
    const writer = new ShardWriter(files);
    writer.add(packWindow(batch));
    const [{ file }] = writer.finish().shards;
    const index = join(shards, 'shards.json');
    const args = [modelOf('two'), index, folder.file(file), '--steps', '70'];
    const [theirs] = JSON.parse(runModule('predict', args)) as number[][][];
    const predictor = createPredictor(checkpoint, { spec: SPEC, blend: false });
    for (let step = 0; step < episode.length - 1; step++) {
      const { probabilities } = predictor.observe('player', stepAt(episode, step));
      probabilities.forEach((p, action) =>
        expect(Math.abs(p - theirs[step][action])).toBeLessThan(1e-4),
      );
    }
  });
});
