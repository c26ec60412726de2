import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';
import { ExpertFollower, followerOptions, traceEpisode } from './expert-follower.ts';

/** Sessions that are left out together where there are many: each group costs counting all others. */
const GROUPS = 12;

export interface TraceOptions {
  readonly table: ExpertTable;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/**
 * What the experts say in each episode. What they know of a player grows from one of his episodes in
 * a session to the next, in the order given. The population's counts leave the episode's session out where
 * the table has it, so that a network trained on this meets its experts as they will be in play.
 */
export function traceEpisodes(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  { table, timeEdges }: TraceOptions,
): Map<Episode, ExpertVotes> {
  const sessions = [...new Set(table.sessions.map(({ session }) => session))];
  const groups: ReadonlySet<string>[] = Array.from(
    { length: Math.min(GROUPS, sessions.length) },
    (_, group) => new Set(sessions.filter((_session, i) => i % GROUPS === group)),
  );
  const votes = new Map<Episode, ExpertVotes>();
  const trace = (some: readonly Episode[], left: ReadonlySet<string>): void => {
    if (!some.length) return;
    const known = left.size ? withoutSessions(table, left) : table;
    const options = followerOptions(spec, known, timeEdges);
    const followers = new Map<string, ExpertFollower>();
    for (const episode of some) {
      // The same episode may be there more than once: a player does everything once.
      if (votes.has(episode)) continue;
      const player = playerOf(episode);
      const follower = followers.get(player) ?? new ExpertFollower(options);
      follower.reset();
      followers.set(player, follower);
      votes.set(episode, traceEpisode(episode, follower));
    }
  };
  for (const group of groups)
    trace(
      episodes.filter(({ session }) => group.has(session)),
      group,
    );
  trace(
    episodes.filter((episode) => !votes.has(episode)),
    new Set(),
  );
  return votes;
}
