import type { Checkpoint } from '../model/checkpoint.ts';
import { replayOf } from '../train/replay.ts';
import type { Replay } from '../train/replay.ts';
import { trainingEpisodes } from './baseline-data.ts';

/** Reads the episodes that a model was trained on from the files it names; empty where they are gone. */
export async function readReplay(checkpoint: Checkpoint): Promise<Replay> {
  // Without them the row learns on all the same.
  const episodes = await trainingEpisodes(checkpoint).catch(() => []);
  return replayOf(
    checkpoint,
    episodes.filter(({ learn }) => learn),
  );
}
