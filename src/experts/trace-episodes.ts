import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { ExpertTable } from './expert-table.ts';
import { leaveOutOwn } from './leave-out-own.ts';
import { ExpertFollower, followerOptions, traceEpisode } from './expert-follower.ts';

export interface TraceOptions {
  readonly table: ExpertTable;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/**
 * The experts' votes in each episode. What they know about a player grows over the player's episodes of
 * one session, in the order given. The population's counts leave out the episode's own session, so that
 * a network trained on the votes sees experts as they will be in play.
 */
export function traceEpisodes(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  { table, timeEdges }: TraceOptions,
): Map<Episode, ExpertVotes> {
  const votes = new Map<Episode, ExpertVotes>();
  leaveOutOwn(table, episodes, (some, known) => {
    const options = followerOptions(spec, known, timeEdges);
    const followers = new Map<string, ExpertFollower>();
    for (const episode of some) {
      // The same episode may be listed more than once, but the player played it once.
      if (votes.has(episode)) continue;
      const player = playerOf(episode);
      const follower = followers.get(player) ?? new ExpertFollower(options);
      follower.reset();
      followers.set(player, follower);
      votes.set(episode, traceEpisode(episode, follower));
    }
  });
  return votes;
}
