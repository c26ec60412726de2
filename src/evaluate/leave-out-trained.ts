import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';

/** Episodes that the model may be scored on, and sessions that it may not. */
export interface UnseenEpisodes {
  readonly episodes: readonly Episode[];
  /** Sessions that were left out because the model learned from them, each once. */
  readonly excludedSessions: readonly string[];
}

/** Leaves out every episode of a session that the checkpoint lists as trained on. */
export function leaveOutTrained(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): UnseenEpisodes {
  const trained = new Set(checkpoint.trainedOn.sessions);
  const seen = episodes.filter(({ session }) => trained.has(session));
  return {
    episodes: episodes.filter(({ session }) => !trained.has(session)),
    excludedSessions: [...new Set(seen.map(({ session }) => session))],
  };
}
