import type { Checkpoint } from '../model/checkpoint.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import type { Episode } from '../record/episode.ts';
import { trainingEpisodes } from './baseline-data.ts';

/** Reads the episodes that a model was trained on from the files it names; empty where they are missing. */
export async function readOlder(
  checkpoint: Checkpoint,
  csv?: CsvSpec,
): Promise<readonly Episode[]> {
  // The adaptive row learns without them too.
  const episodes = await trainingEpisodes(checkpoint, csv).catch(() => []);
  return episodes.filter(({ learn }) => learn);
}
