import type { Checkpoint } from '../model/checkpoint.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { replayOf } from '../train/replay.ts';
import type { Replay } from '../train/replay.ts';
import { trainingEpisodes } from './baseline-data.ts';

/** Reads the episodes that a model was trained on from the files it names; empty where they are missing. */
export async function readReplay(checkpoint: Checkpoint, csv?: CsvSpec): Promise<Replay> {
  // The adaptive row learns without them too.
  const episodes = await trainingEpisodes(checkpoint, csv).catch(() => []);
  return replayOf(
    checkpoint,
    episodes.filter(({ learn }) => learn),
  );
}
