import { describe, expect, it } from 'vitest';
import type { TrainingProgress } from '../../src/train/progress.ts';
import { PROGRESS_KEPT } from '../../src/worker/client-progress.ts';
import { TrainingRun } from '../../src/worker/client-run.ts';
import type { TrainingResult } from '../../src/worker/client-run.ts';
import { ForesightError } from '../../src/util/error.ts';
import { Turns } from '../../src/util/turns.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';

const progress = (batch: number): TrainingProgress => ({
  epoch: 1,
  epochs: 1,
  batch,
  batches: 1000,
  loss: 1,
  learningRate: 0.1,
  epochEnd: false,
  secondsElapsed: 0,
  secondsLeft: 0,
  engine: 'cpu',
});

const DONE: TrainingResult = {
  checkpoint: {} as Checkpoint,
  cancelled: false,
  engine: { engine: 'cpu', reason: '', adapter: '', software: false, timings: [] },
};

/** A worker played by the test, which decides when a run begins, reports progress and ends. */
class FakeWorker {
  readonly commands: string[] = [];
  readonly begun: Promise<void>;
  begin!: () => void;
  report!: (progress: TrainingProgress) => void;
  end!: (result: TrainingResult) => void;
  fail!: (error: Error) => void;
  readonly #turns = new Turns();
  #began!: () => void;

  constructor() {
    this.begun = new Promise((resolve) => (this.#began = resolve));
    const turn = new Promise<void>((resolve) => (this.begin = resolve));
    void this.#turns.take(() => turn);
  }

  run(): TrainingRun {
    return new TrainingRun('duelist', this.#turns, (link) => {
      this.#began();
      link.throwIfCancelled();
      this.commands.push('train');
      this.report = link.report;
      const result = new Promise<TrainingResult>((resolve, reject) => {
        this.end = resolve;
        this.fail = reject;
      });
      link.steer((command) => this.commands.push(command));
      return result;
    });
  }
}

const begun = async (): Promise<{ worker: FakeWorker; run: TrainingRun }> => {
  const worker = new FakeWorker();
  const run = worker.run();
  worker.begin();
  await worker.begun;
  return { worker, run };
};

async function batchesOf(run: TrainingRun): Promise<number[]> {
  const batches: number[] = [];
  for await (const { batch } of run) batches.push(batch);
  return batches;
}

describe('TrainingRun', () => {
  it('streams the progress reports in order and ends with the run', async () => {
    const { worker, run } = await begun();
    const reading = batchesOf(run);
    worker.report(progress(1));
    await Promise.resolve();
    worker.report(progress(2));
    worker.report(progress(3));
    worker.end(DONE);
    expect(await reading).toEqual([1, 2, 3]);
    expect((await run.result).cancelled).toBe(false);
  });

  it('keeps only the newest reports for a late reader', async () => {
    const { worker, run } = await begun();
    const total = PROGRESS_KEPT + 100;
    for (let batch = 1; batch <= total; batch++) worker.report(progress(batch));
    worker.end(DONE);
    const batches = await batchesOf(run);
    expect(batches).toHaveLength(PROGRESS_KEPT);
    expect(batches[0]).toBe(101);
    expect(batches.at(-1)).toBe(total);
  });

  it('gives the error of the worker with its code, in the result and in the stream', async () => {
    const { worker, run } = await begun();
    worker.fail(new ForesightError('spec-mismatch', 'Differs. Fix it.'));
    await expect(run.result).rejects.toMatchObject({ code: 'spec-mismatch' });
    await expect(batchesOf(run)).rejects.toMatchObject({ message: 'Differs. Fix it.' });
  });

  it('ends the stream without an error once it is cancelled', async () => {
    const { worker, run } = await begun();
    worker.report(progress(1));
    run.cancel();
    worker.fail(new ForesightError('worker-failed', 'Silent. Train again.'));
    expect(await batchesOf(run)).toEqual([1]);
    await expect(run).rejects.toMatchObject({ code: 'worker-failed' });
    expect(run.state).toBe('cancelled');
  });

  it('ends when the reader stops reading', async () => {
    const { worker, run } = await begun();
    worker.report(progress(1));
    for await (const { batch } of run) {
      expect(batch).toBe(1);
      break;
    }
    worker.end(DONE);
    await run.result;
  });

  it('passes commands on while running, and none before or after', async () => {
    const worker = new FakeWorker();
    const run = worker.run();
    await run.pause();
    await run.resume();
    expect(worker.commands).toEqual([]);
    worker.begin();
    await worker.begun;
    await run.pause();
    await run.resume();
    await run.cancel();
    worker.end(DONE);
    await run.result;
    await run.cancel();
    expect(worker.commands).toEqual(['train', 'pause', 'resume', 'cancel']);
  });

  it('begins paused when paused while it waited', async () => {
    const worker = new FakeWorker();
    const run = worker.run();
    await run.pause();
    worker.begin();
    await worker.begun;
    expect(worker.commands).toEqual(['train', 'pause']);
    worker.end(DONE);
    await run.result;
  });

  it('never starts when cancelled while it waited', async () => {
    const worker = new FakeWorker();
    const run = worker.run();
    await run.cancel();
    worker.begin();
    await expect(run.result).rejects.toMatchObject({ code: 'cancelled' });
    expect(worker.commands).toEqual([]);
  });
});
