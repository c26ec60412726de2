import { leaveOutTrained } from '../evaluate/leave-out-trained.ts';
import type { UnseenEpisodes } from '../evaluate/leave-out-trained.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { ForesightError } from '../util/error.ts';
import type { Recordings } from './files.ts';

/**
 * The episodes that a model is scored on: those of sessions that it never learned from, or with `all`
 * every one. Throws `bad-data` when it learned from all of them.
 */
export function scoredEpisodes(
  checkpoint: Checkpoint,
  { episodes, files }: Recordings,
  { all }: { readonly all: boolean },
): UnseenEpisodes {
  if (all) return { episodes, excludedSessions: [] };
  const unseen = leaveOutTrained(checkpoint, episodes);
  if (unseen.episodes.length || !unseen.excludedSessions.length) return unseen;
  throw new ForesightError(
    'bad-data',
    `The model was trained on every session of ${files.join(', ')}, so its scores on them would be too good. Give other recordings, or --all to score these anyway.`,
  );
}
