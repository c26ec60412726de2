import type { RecordedEpisode } from './recorded-episode.ts';

/** What is known of a recorded session, without reading its steps. */
export interface RecordedSession {
  readonly session: string;
  readonly episodes: number;
  readonly steps: number;
  /** Bytes of its steps. */
  readonly bytes: number;
  /** When its first episode began: milliseconds since 1970; NaN when not known. */
  readonly startedAt: number;
  /** Whether it may be learned from: all of it, a part, or none. */
  readonly learn: 'all' | 'some' | 'none';
}

/** Sums episodes up by session, newest session first. */
export function groupBySession(episodes: readonly RecordedEpisode[]): RecordedSession[] {
  const groups = new Map<string, RecordedEpisode[]>();
  for (const episode of episodes) {
    const members = groups.get(episode.session);
    if (members) members.push(episode);
    else groups.set(episode.session, [episode]);
  }
  return Array.from(groups, ([session, members]): RecordedSession => {
    const sum = (of: (one: RecordedEpisode) => number): number =>
      members.reduce((total, one) => total + of(one), 0);
    const learned = members.filter(({ learn }) => learn).length;
    const starts = members.map(({ startedAt }) => startedAt).filter(Number.isFinite);
    return {
      session,
      episodes: members.length,
      steps: sum(({ steps }) => steps),
      bytes: sum(({ bytes }) => bytes),
      startedAt: starts.length ? Math.min(...starts) : NaN,
      learn: learned === members.length ? 'all' : learned ? 'some' : 'none',
    };
  }).reverse();
}
