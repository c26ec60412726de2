import type { Split } from '../dataset/split.ts';
import type { Fold } from '../evaluate/cross-validate.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { replayOf } from '../train/replay.ts';
import { runTraining } from './training.ts';
import type { CommandTraining } from './training.ts';

export interface FoldsOptions extends Omit<CommandTraining, 'episodes'> {
  /** Gets a line for each fold, and a progress bar. */
  readonly progress: NodeJS.WritableStream;
}

/** Trains a model for each split, without its held-out episodes. Null when Ctrl-C stopped it. */
export async function trainFolds(
  splits: readonly Split[],
  { progress, ...options }: FoldsOptions,
): Promise<Fold[] | null> {
  const folds: Fold[] = [];
  for (const [index, { train, heldOut }] of splits.entries()) {
    const without = sessionsOf(heldOut).join(', ');
    progress.write(`Fold ${index + 1} of ${splits.length}: without ${without}\n`);
    const trained = await runTraining(progress, { ...options, episodes: train });
    if (trained.cancelled) return null;
    const { checkpoint } = trained;
    folds.push({ checkpoint, replay: replayOf(checkpoint, train), episodes: heldOut });
  }
  return folds;
}
