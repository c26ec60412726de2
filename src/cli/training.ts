import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { TrainingControl } from '../train/control.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';
import { train } from '../train/trainer.ts';
import type { TrainingOutcome, TrainOptions } from '../train/trainer.ts';
import { ForesightError } from '../util/error.ts';
import { openEngine } from './open-engine.ts';
import type { CommandEngine } from './open-engine.ts';
import { ProgressBar } from './progress-bar.ts';

/** The exit code of a command that Ctrl-C ended early. */
export const CANCELLED = 130;

export interface CommandTraining extends Omit<TrainOptions, 'control' | 'createBackend'> {
  readonly engine: CommandEngine;
  /** Threads to train on; the calling one alone unless given. */
  readonly pool?: ThreadPool;
}

/** Trains with a progress bar on `progress`; Ctrl-C ends it early, a second one ends the process. */
export async function runTraining(
  progress: NodeJS.WritableStream,
  { engine, pool, ...options }: CommandTraining,
): Promise<TrainingOutcome> {
  const steps = options.episodes.reduce((sum, { length }) => sum + length, 0);
  const createBackend = await openEngine(engine, pool && { pool, steps });
  const control = new TrainingControl();
  const bar = new ProgressBar(progress);
  const stop = (): void => {
    progress.write('\nforesight: stopping after this batch...\n');
    control.cancel();
  };
  process.once('SIGINT', stop);
  try {
    const run = train({ ...options, createBackend, control });
    for (;;) {
      const item = await run.next();
      if (item.done) return item.value;
      bar.update(item.value);
      // Training on the CPU blocks the event loop: yield, so that signals and the bar are handled.
      await setImmediate();
    }
  } finally {
    bar.stop();
    process.removeListener('SIGINT', stop);
  }
}

/** Throws `bad-data` when there is nothing to train on. */
export function requireEpisodes(episodes: readonly unknown[]): void {
  if (episodes.length) return;
  throw new ForesightError(
    'bad-data',
    'There is no episode to learn from: the files are empty or everything in them is marked "do not learn". Record some play first.',
  );
}
