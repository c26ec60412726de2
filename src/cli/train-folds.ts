import process from 'node:process';
import type { Split } from '../dataset/split.ts';
import type { Fold } from '../evaluate/cross-validate.ts';
import { playBack } from '../evaluate/recorded-row.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';
import { replayOf } from '../train/replay.ts';
import { ForesightError } from '../util/error.ts';
import { progressLines } from './progress-lines.ts';
import { runTraining } from './training.ts';
import type { CommandTraining } from './training.ts';

export interface FoldsOptions extends Omit<CommandTraining, 'episodes'> {
  readonly pool: ThreadPool;
  /** Gets a line for each fold: how far it is or, on a single thread, a progress bar. */
  readonly progress: NodeJS.WritableStream;
}

/**
 * Trains a model for each split, without its held-out episodes; on each thread one at a time. The models are
 * the same for every number of threads. Null when Ctrl-C stopped it.
 */
export async function trainFolds(
  splits: readonly Split[],
  { pool, progress, engine, ...options }: FoldsOptions,
): Promise<Fold[] | null> {
  const titleOf = (index: number, heldOut: Split['heldOut']): string =>
    `Fold ${index + 1} of ${splits.length}: without ${sessionsOf(heldOut).join(', ')}`;
  const show = progressLines(progress);
  // There is one GPU for all.
  if (pool.size > 1 && engine !== 'webgpu')
    return orCancelled(pool, () =>
      Promise.all(
        splits.map(async ({ train, heldOut }, index) => {
          const fold = await pool.run(
            'fold',
            { ...options, engine, episodes: train, heldOut },
            (done) => show(titleOf(index, heldOut), done),
          );
          return {
            checkpoint: fold.checkpoint,
            replay: { episodes: train },
            episodes: heldOut,
            rows: fold.rows.map(playBack),
          };
        }),
      ),
    );
  const folds: Fold[] = [];
  for (const [index, { train, heldOut }] of splits.entries()) {
    progress.write(`${titleOf(index, heldOut)}\n`);
    const trained = await runTraining(progress, { ...options, engine, episodes: train });
    if (trained.cancelled) return null;
    const { checkpoint } = trained;
    folds.push({ checkpoint, replay: replayOf(checkpoint, train), episodes: heldOut });
  }
  return folds;
}

/** Null when Ctrl-C ended the threads meanwhile. */
async function orCancelled<T>(pool: ThreadPool, work: () => Promise<T>): Promise<T | null> {
  const stop = (): void => pool.dispose();
  process.once('SIGINT', stop);
  try {
    return await work();
  } catch (error) {
    if (error instanceof ForesightError && error.code === 'cancelled') return null;
    throw error;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
