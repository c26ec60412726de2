import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';
import { followerOptions, traceEpisode } from './expert-follower.ts';

/** Sessions that are left out together where there are many: each group costs counting all others. */
const GROUPS = 12;

export interface TraceOptions {
  readonly table: ExpertTable;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/**
 * What the experts say in each episode. The population's counts leave the episode's session out where
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
    for (const episode of some) votes.set(episode, traceEpisode(episode, options));
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
