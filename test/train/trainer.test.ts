import { setImmediate as nextTask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { splitBySession } from '../../src/dataset/split.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import type { TrainingConfigInput } from '../../src/model/resolve-config.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { TrainingControl } from '../../src/train/control.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import type { TrainingProgress } from '../../src/train/progress.ts';
import { train } from '../../src/train/trainer.ts';
import type { TrainingOutcome, TrainOptions } from '../../src/train/trainer.ts';
import { DUELIST, habitualPlay } from './habits.ts';
import { ScriptedBackend } from './scripted-backend.ts';

const QUICK: TrainingConfigInput = {
  epochs: 3,
  batchSize: 4,
  windowLength: 16,
  dropout: 0,
  heldOutFraction: 0.25,
  learningRate: { kind: 'constant', rate: 0.02 },
};

const options = (partial: Partial<TrainOptions> = {}): TrainOptions => ({
  spec: DUELIST,
  episodes: habitualPlay(),
  createBackend: createCpuBackend,
  ...partial,
  model: { units: 8, timeBins: 3, ...partial.model },
  training: { ...QUICK, ...partial.training },
});

interface Ended extends TrainingOutcome {
  readonly reports: TrainingProgress[];
}

async function run(
  partial: Partial<TrainOptions> = {},
  onReport: (report: TrainingProgress) => void = () => {},
): Promise<Ended> {
  const reports: TrainingProgress[] = [];
  const progress = train(options(partial));
  for (;;) {
    const item = await progress.next();
    if (item.done) return { ...item.value, reports };
    reports.push(item.value);
    onReport(item.value);
  }
}

/** Reports when a run begins to wait for the end of a pause. */
class WatchedControl extends TrainingControl {
  #onWaiting!: () => void;
  readonly waiting = new Promise<void>((resolve) => (this.#onWaiting = resolve));

  override waitWhilePaused(): Promise<boolean> {
    if (this.state === 'paused') this.#onWaiting();
    return super.waitWhilePaused();
  }
}

const epochEnds = ({ reports }: Ended): TrainingProgress[] =>
  reports.filter(({ epochEnd }) => epochEnd);

describe('train', () => {
  it.each(['lstm', 'gru'] as const)('learns a habit in a few epochs: %s', async (cell) => {
    const ended = await run({ model: { cell, units: 16 }, training: { epochs: 12 } });
    const { metrics } = ended.checkpoint;
    expect(metrics.heldOutTop1).toBeGreaterThan(0.95);
    expect(metrics.heldOutLogLoss).toBeLessThan(0.4);
    expect(metrics.heldOutLoss).toBe(
      Math.min(...epochEnds(ended).map((report) => report.heldOutLoss!)),
    );
    expect(metrics.loss).toBeLessThan(epochEnds(ended)[0].loss / 2);
  });

  it('gives the same weights for the same seed, to the last bit', async () => {
    const training = { dropout: 0.3, epochs: 2 };
    const [first, second, other] = [
      await run({ training }),
      await run({ training }),
      await run({ training: { ...training, seed: 2 } }),
    ];
    expect(first.checkpoint.weights).toEqual(second.checkpoint.weights);
    expect(first.checkpoint.weights).not.toEqual(other.checkpoint.weights);
  });

  it('gives the same weights when it pauses between slices of work', async () => {
    const [busy, idling] = [await run(), await run({ restMs: 1 })];
    expect(idling.checkpoint.weights).toEqual(busy.checkpoint.weights);
  });

  it('makes a complete checkpoint', async () => {
    const episodes = habitualPlay();
    const { checkpoint, cancelled } = await run({ episodes, files: ['games.jsonl'] });
    expect(cancelled).toBe(false);
    expect(checkpoint.spec).toBe(DUELIST);
    expect(checkpoint.model).toMatchObject({ cell: 'lstm', units: 8 });
    expect(checkpoint.training).toMatchObject({ epochs: 3, batchSize: 4, clipNorm: 1 });
    expect(checkpoint.weights).toHaveLength(parameterLayout(checkpoint.shape).length);
    expect(checkpoint.metrics.epochs).toBe(3);
    expect([...checkpoint.trainedOn.sessions].sort()).toEqual(['s0', 's1', 's2', 's3']);
    expect(checkpoint.trainedOn).toMatchObject({ episodes: 4, steps: 240, files: ['games.jsonl'] });
    expect(checkpoint.trainedOn.actions.map(String).sort()).toEqual(
      episodes.map(({ actions }) => String(actions)).sort(),
    );
  });

  it('fits statistics on the training split only', async () => {
    const episodes = habitualPlay();
    const { train: part, heldOut } = splitBySession(episodes, { fraction: 0.25, seed: 1 });
    expect(heldOut).toHaveLength(1);
    heldOut[0].columns[0].fill(1e6);
    const { checkpoint } = await run({ episodes, training: { epochs: 1, seed: 1 } });
    expect(checkpoint.statistics).toEqual(fitStatistics(DUELIST, part, { timeBins: 3 }));
    expect(checkpoint.statistics).not.toEqual(fitStatistics(DUELIST, episodes, { timeBins: 3 }));
  });

  it('reports progress at the end of each epoch, with held-out figures', async () => {
    const ended = await run();
    const ends = epochEnds(ended);
    expect(ends.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const report of ended.reports) {
      expect(report).toMatchObject({ epochs: 3, engine: 'cpu', learningRate: 0.02 });
      expect(report.batch).toBeGreaterThan(0);
      expect(report.batch).toBeLessThanOrEqual(report.batches);
      expect(report.secondsElapsed).toBeGreaterThan(0);
      expect(report.secondsLeft).toBeGreaterThanOrEqual(0);
      expect(report.loss).toBeGreaterThan(0);
    }
    for (const report of ends) {
      expect(report.batch).toBe(report.batches);
      for (const figure of [report.heldOutLoss, report.heldOutLogLoss, report.heldOutTop1])
        expect(figure).toBeGreaterThan(0);
    }
    expect(ends[2].secondsLeft).toBe(0);
  });

  it('holds nothing out when there is a single session, and keeps the last weights', async () => {
    const backend = new ScriptedBackend();
    const ended = await run({
      episodes: habitualPlay({ sessions: 1 }),
      createBackend: backend.create,
    });
    expect(ended.checkpoint.metrics).toEqual({ epochs: 3, loss: 1 });
    expect(epochEnds(ended)[0]).not.toHaveProperty('heldOutLoss');
    expect(ended.checkpoint.weights[0]).toBe(backend.updates);
  });

  it.each([
    ['none at all', []],
    ['all marked "do not learn"', habitualPlay().map((one) => ({ ...one, learn: false }))],
    ['single steps', habitualPlay({ length: 1 })],
  ])('refuses episodes that teach nothing: %s', async (_, episodes) => {
    await expect(run({ episodes })).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(/nothing to learn from.*Record some play/),
    });
  });

  it('refuses bad settings before it makes a backend', async () => {
    const backend = new ScriptedBackend();
    const bad = { createBackend: backend.create, training: { dropout: 2 } };
    await expect(run(bad)).rejects.toMatchObject({ code: 'bad-config' });
    expect(backend.created).toBe(0);
  });

  it('frees the backend at the end, on errors, and when its reader stops early', async () => {
    const backend = new ScriptedBackend();
    const { create: createBackend } = backend;
    await run({ createBackend });
    expect(backend.disposed).toBe(1);
    const progress = train(options({ createBackend }));
    await progress.next();
    await progress.return({} as TrainingOutcome);
    expect(backend.disposed).toBe(2);
    backend.script({ losses: [NaN] });
    await expect(run({ createBackend })).rejects.toThrow();
    expect(backend.disposed).toBe(3);
  });
});

describe('choosing the epoch', () => {
  it('keeps the weights of the best held-out loss and stops after `patience` worse ones', async () => {
    const backend = new ScriptedBackend({ heldOut: [5, 3, 2, 4, 2.5, 9, 1] });
    const ended = await run({
      createBackend: backend.create,
      training: { epochs: 20, patience: 3 },
    });
    const ends = epochEnds(ended);
    expect(ends.map(({ heldOutLoss }) => heldOutLoss)).toEqual([5, 3, 2, 4, 2.5, 9]);
    expect(ended.checkpoint.metrics).toMatchObject({ epochs: 6, heldOutLoss: 2 });
    expect(ended.checkpoint.weights[0]).toBe(3 * ends[0].batches);
  });

  it('continues to the end with patience 0', async () => {
    const backend = new ScriptedBackend({ heldOut: [1, 2, 3, 4, 5] });
    const ended = await run({
      createBackend: backend.create,
      training: { epochs: 5, patience: 0 },
    });
    expect(epochEnds(ended)).toHaveLength(5);
    expect(ended.checkpoint.metrics).toMatchObject({ epochs: 5, heldOutLoss: 1 });
  });
});

describe('starting from a checkpoint', () => {
  it('continues with its network and statistics', async () => {
    const { checkpoint: start } = await run({ training: { epochs: 8 } });
    const episodes = habitualPlay({ seed: 9 }).map((one) => ({ ...one, session: `new ${one.id}` }));
    const { checkpoint } = await run({ episodes, start, model: { units: 32 }, files: ['b'] });
    expect(checkpoint.shape).toEqual(start.shape);
    expect(checkpoint.model).toEqual(start.model);
    expect(checkpoint.statistics).toEqual(start.statistics);
    expect(checkpoint.metrics.heldOutLogLoss).toBeLessThanOrEqual(
      start.metrics.heldOutLogLoss! * 1.2,
    );
    expect(checkpoint.trainedOn.sessions).toHaveLength(8);
    const { checkpoint: fresh } = await run({ episodes });
    expect(checkpoint.metrics.heldOutLogLoss).toBeLessThan(fresh.metrics.heldOutLogLoss!);
  });

  it("keeps the checkpoint's weights when no epoch does better", async () => {
    const { checkpoint: start } = await run({ training: { epochs: 1 } });
    const backend = new ScriptedBackend({ heldOut: [2, 3, 4, 5] });
    const { checkpoint } = await run({ start, createBackend: backend.create });
    expect(checkpoint.weights).toEqual(start.weights);
    expect(checkpoint.metrics).toMatchObject({ epochs: 3, heldOutLoss: 2 });
  });

  it('refuses a checkpoint of another spec', async () => {
    const { checkpoint } = await run({ training: { epochs: 1 } });
    const spec = defineSpec({ ...DUELIST, action: ['idle', 'strike', 'block', 'kick'] });
    await expect(run({ start: { ...checkpoint, spec } })).rejects.toMatchObject({
      code: 'spec-mismatch',
      message: expect.stringMatching(/kick/),
    });
  });
});

describe('a loss that is not a number', () => {
  it('is an error that names the fix when no epoch was finished', async () => {
    const backend = new ScriptedBackend({ losses: [2, NaN] });
    await expect(run({ createBackend: backend.create })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/epoch 1.*learning rate/),
    });
  });

  it('is found with a real engine and a learning rate that is far too high', async () => {
    const training = {
      optimizer: { kind: 'sgd', momentum: 0.9 },
      learningRate: { kind: 'constant', rate: 10 },
      l2: 1000,
      clipNorm: 0,
      batchSize: 1,
      heldOutFraction: 0,
    } as const;
    await expect(run({ training })).rejects.toMatchObject({ code: 'diverged' });
  });

  it('ends the run with the best weights after that', async () => {
    const backend = new ScriptedBackend({ heldOut: [2, NaN] });
    const { checkpoint, cancelled, reports } = await run({ createBackend: backend.create });
    expect(cancelled).toBe(false);
    expect(checkpoint.metrics).toMatchObject({ epochs: 1, heldOutLoss: 2 });
    expect(checkpoint.weights[0]).toBe(reports[0].batches);
  });

  it('without held-out sessions, ends the run with the weights of the lowest training loss', async () => {
    const episodes = habitualPlay({ sessions: 1, length: 30 });
    const backend = new ScriptedBackend({ losses: [3, 2, 40, NaN] });
    const { checkpoint } = await run({
      episodes,
      createBackend: backend.create,
      training: { epochs: 9 },
    });
    expect(checkpoint.metrics).toEqual({ epochs: 3, loss: 2 });
    expect(checkpoint.weights[0]).toBe(2);
  });
});

describe('control', () => {
  it('makes no update while paused', async () => {
    const backend = new ScriptedBackend();
    const control = new WatchedControl();
    control.pause();
    const ended = run({ control, createBackend: backend.create });
    await control.waiting;
    await nextTask();
    expect(backend.updates).toBe(0);
    control.resume();
    expect((await ended).cancelled).toBe(false);
    expect(backend.updates).toBeGreaterThan(0);
  });

  it('trains the same with a pause in the middle', async () => {
    const control = new WatchedControl();
    const resumed = control.waiting.then(() => control.resume());
    const ended = await run({ control }, ({ epoch, epochEnd }) => {
      if (epochEnd && epoch === 2) control.pause();
    });
    await resumed;
    expect(ended.checkpoint.weights).toEqual((await run()).checkpoint.weights);
  });

  it('ends at once when cancelled, with the best weights so far', async () => {
    const backend = new ScriptedBackend({ heldOut: [1, 2, 3, 4, 5, 6] });
    const control = new TrainingControl();
    const ended = await run(
      { control, createBackend: backend.create, training: { epochs: 100 } },
      ({ epoch, epochEnd }) => epochEnd && epoch === 3 && control.cancel(),
    );
    expect(ended.cancelled).toBe(true);
    expect(epochEnds(ended)).toHaveLength(3);
    expect(ended.checkpoint.metrics).toMatchObject({ epochs: 3, heldOutLoss: 1 });
    expect(ended.checkpoint.weights[0]).toBe(backend.updates / 3);
  });

  it('can be cancelled while it is paused before its first batch', async () => {
    const control = new WatchedControl();
    control.pause();
    void control.waiting.then(() => control.cancel());
    const { checkpoint, cancelled, reports } = await run({ control });
    expect(cancelled).toBe(true);
    expect(reports).toEqual([]);
    expect(checkpoint.metrics.epochs).toBe(0);
    expect(checkpoint.weights.every(Number.isFinite)).toBe(true);
  });

  it('lets other tasks cancel it while an engine that never waits is at work', async () => {
    const control = new TrainingControl();
    const ended = run({
      control,
      episodes: habitualPlay({ sessions: 1, length: 2000 }),
      training: { epochs: 100_000, batchSize: 1 },
    });
    void nextTask().then(() => control.cancel());
    expect((await ended).cancelled).toBe(true);
  });
});
