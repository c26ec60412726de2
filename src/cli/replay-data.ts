import type { Checkpoint } from '../model/checkpoint.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { requireSameSpec } from '../record/spec.ts';
import { replayOf } from '../train/replay.ts';
import type { Replay } from '../train/replay.ts';
import { readRecordings } from './files.ts';

/** Reads the episodes that a model was trained on from the files it names; empty where they are gone. */
export async function readReplay(checkpoint: Checkpoint, csv?: CsvSpec): Promise<Replay> {
  const { files, sessions } = checkpoint.trainedOn;
  if (!files.length) return { episodes: [] };
  try {
    const recordings = await readRecordings(files, csv);
    requireSameSpec(checkpoint.spec, recordings.spec, 'The training data');
    const known = new Set(sessions);
    return replayOf(
      checkpoint,
      recordings.episodes.filter(({ session, learn }) => learn && known.has(session)),
    );
  } catch {
    // The row learns on without them; the report says so.
    return { episodes: [] };
  }
}
