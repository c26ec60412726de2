import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { growTrees, withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';
import { traceEpisode } from './expert-follower.ts';

/** Sessions that are left out together where there are many: each group costs counting all others. */
const GROUPS = 12;

/**
 * What the experts say in each episode. The population's counts leave the episode's session out where
 * the table has it, so that a network trained on this meets its experts as they will be in play.
 */
export function traceEpisodes(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  table: ExpertTable,
): Map<Episode, ExpertVotes> {
  const known = [...new Set(table.sessions.map(({ session }) => session))];
  const groups: ReadonlySet<string>[] = Array.from(
    { length: Math.min(GROUPS, known.length) },
    (_, group) => new Set(known.filter((_session, i) => i % GROUPS === group)),
  );
  const votes = new Map<Episode, ExpertVotes>();
  const trace = (some: readonly Episode[], left: ReadonlySet<string>): void => {
    if (!some.length) return;
    const actions = spec.action.actions.length;
    const population = growTrees(left.size ? withoutSessions(table, left) : table, actions);
    const fields = spec.observation.fields.length;
    for (const episode of some)
      votes.set(episode, traceEpisode(episode, { plan: table.plan, population, fields, actions }));
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
