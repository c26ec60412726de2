import type { Episode } from '../record/episode.ts';
import { withoutSessions } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';

/** Groups of sessions at most: the sessions of a group are left out together, and so that there are few tables. */
const GROUPS = 12;

/** Episodes of some sessions of a table, which are left out of it together. */
export interface SessionGroup {
  readonly sessions: ReadonlySet<string>;
  /** At least one, in the order given. */
  readonly episodes: readonly Episode[];
}

/** Sorts episodes into few groups of sessions; episodes of no session of the table are in `others`. */
export function sessionGroups(
  table: ExpertTable,
  episodes: readonly Episode[],
): { groups: SessionGroup[]; others: Episode[] } {
  const known = [...new Set(table.sessions.map(({ session }) => session))];
  const groupOf = new Map(known.map((session, i) => [session, i % GROUPS]));
  const groups = Array.from({ length: Math.min(GROUPS, known.length) }, (_, group) => ({
    sessions: new Set(known.filter((_session, i) => i % GROUPS === group)),
    episodes: episodes.filter(({ session }) => groupOf.get(session) === group),
  }));
  return {
    groups: groups.filter((group) => group.episodes.length),
    others: episodes.filter(({ session }) => !groupOf.has(session)),
  };
}

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
  const { groups, others } = sessionGroups(table, episodes);
  for (const group of groups) visit(group.episodes, withoutSessions(table, group.sessions));
  if (others.length) visit(others, table);
}
