import { ablation, variantsOf } from '../evaluate/ablation.ts';
import type { AblationRow } from '../evaluate/ablation.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import type { Episode } from '../record/episode.ts';
import { localBackends } from '../train/local-engine.ts';
import { replayOf } from '../train/replay.ts';
import { train } from '../train/trainer.ts';
import { ForesightError } from '../util/error.ts';
import { trainingEpisodes } from './baseline-data.ts';

export interface AblateOptions {
  /** Needed where the files are CSV files. */
  readonly csv: CsvSpec | undefined;
  /** Gets a line for each training. */
  readonly progress: NodeJS.WritableStream;
}

/**
 * Retrains a model on its training files, each time without one of its parts, and scores all of
 * these models. Takes as long as that many trainings. Throws `bad-data` when those files are missing.
 */
export async function ablate(
  checkpoint: Checkpoint,
  scored: readonly Episode[],
  { csv, progress }: AblateOptions,
): Promise<AblationRow[]> {
  const found = await trainingEpisodes(checkpoint, csv);
  if (!found.length)
    throw new ForesightError(
      'bad-data',
      '--ablation retrains the model without each of its parts, but it does not name the files it was trained on. Train it with foresight train and keep the files where they are.',
    );
  const episodes = found.filter(({ learn }) => learn);
  const createBackend = localBackends();
  const variants = new Map<string, Checkpoint>();
  const wanted = variantsOf(checkpoint);
  for (const [index, { name, model, training }] of wanted.entries()) {
    progress.write(`foresight: training ${name} (${index + 1} of ${wanted.length})\n`);
    const run = train({ spec: checkpoint.spec, episodes, model, training, createBackend });
    let item = await run.next();
    while (!item.done) item = await run.next();
    variants.set(name, item.value.checkpoint);
  }
  return ablation(checkpoint, scored, { variants, replay: replayOf(checkpoint, episodes) });
}
