import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { columnsOf } from '../record/columns.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ExpertFollower, followerOptions, sizesOf, traceEpisode } from './expert-follower.ts';
import type { FollowerOptions } from './expert-follower.ts';
import { countSessions, growTrees } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';
import { sessionGroups } from './leave-out-own.ts';

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
  const trace = (some: readonly Episode[], options: FollowerOptions): void => {
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
  };
  const { groups, others } = sessionGroups(table, episodes);
  if (groups.length) {
    // Counting a group's rows away and back again costs less than counting all others for it.
    const options = ownPopulation(spec, table, timeEdges);
    for (const { sessions, episodes: some } of groups) {
      countSessions(options.population, table, { sessions, how: 'unlearn' });
      trace(some, options);
      countSessions(options.population, table, { sessions, how: 'learn' });
    }
  }
  if (others.length) trace(others, followerOptions(spec, table, timeEdges));
  return votes;
}

/** Options of followers whose population no one else reads. */
function ownPopulation(
  spec: CharacterSpec,
  table: ExpertTable,
  timeEdges: readonly number[],
): FollowerOptions {
  const actions = spec.action.actions.length;
  const population = growTrees(table, sizesOf({ actions, timeEdges }));
  return { plan: table.plan, population, fields: columnsOf(spec).length, actions, timeEdges };
}
