import { traceEpisodes } from '../experts/trace-episodes.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { votedEdges } from '../model/network-shape.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import type { Replay } from '../train/online-learner.ts';
import { readRecordings } from './files.ts';

/** Episodes that a model learned from, for the row that goes on learning: with what its experts said in them. */
export function replayOf(checkpoint: Checkpoint, episodes: readonly Episode[]): Replay {
  const { spec, shape, statistics, experts: table } = checkpoint;
  const timeEdges = votedEdges(shape, statistics);
  return {
    episodes,
    ...(table && { votes: traceEpisodes(spec, episodes, { table, timeEdges }) }),
  };
}

/** Reads the episodes that a model was trained on from the files it names; empty where they are gone. */
export async function readReplay(checkpoint: Checkpoint): Promise<Replay> {
  const { files, sessions } = checkpoint.trainedOn;
  if (!files.length) return { episodes: [] };
  try {
    const recordings = await readRecordings(files);
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
