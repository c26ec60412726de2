import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { traceEpisodes } from '../experts/trace-episodes.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { votedEdges } from '../network/shape.ts';
import type { Episode } from '../record/episode.ts';

/** Older sessions, and the experts' votes in them before the experts had counted them. */
export interface Replay {
  readonly episodes: readonly Episode[];
  /** For networks with experts. */
  readonly votes?: ReadonlyMap<Episode, ExpertVotes>;
}

/** Episodes that a model learned from, with the votes that it had in training. */
export function replayOf(checkpoint: Checkpoint, episodes: readonly Episode[]): Replay {
  const { spec, shape, statistics, experts: table } = checkpoint;
  if (!table) return { episodes };
  const timeEdges = votedEdges(shape, statistics);
  return { episodes, votes: traceEpisodes(spec, episodes, { table, timeEdges }) };
}
