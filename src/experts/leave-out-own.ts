import type { Episode } from '../record/episode.ts';
import { withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';

/** Groups of sessions at most: the sessions of a group are left out together, and each group costs counting all others. */
const GROUPS = 12;

/**
 * Visits every episode with a table that has not counted its session, as in play. Episodes with the
 * same table come together, in the order given. Those that are in no session of the table come last,
 * with the table itself.
 */
export function leaveOutOwn(
  table: ExpertTable,
  episodes: readonly Episode[],
  visit: (some: readonly Episode[], table: ExpertTable) => void,
): void {
  const sessions = [...new Set(table.sessions.map(({ session }) => session))];
  for (let group = 0; group < Math.min(GROUPS, sessions.length); group++) {
    const left = new Set(sessions.filter((_session, i) => i % GROUPS === group));
    const some = episodes.filter(({ session }) => left.has(session));
    if (some.length) visit(some, withoutSessions(table, left));
  }
  const others = episodes.filter(({ session }) => !sessions.includes(session));
  if (others.length) visit(others, table);
}
