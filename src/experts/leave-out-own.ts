import type { Episode } from '../record/episode.ts';
import { withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';

/** Sessions that are left out together where there are many: each group costs counting all others. */
const GROUPS = 12;

/**
 * Visits every episode with a table that has not counted its session, as in play. Episodes of one table
 * come together, in the order given; those of no session of the table, last, with the table itself.
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
