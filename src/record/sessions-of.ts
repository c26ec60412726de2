import type { EpisodeHeader } from './episode.ts';

/** The sessions of these episodes, in order of first occurrence. */
export const sessionsOf = (episodes: readonly Pick<EpisodeHeader, 'session'>[]): string[] => [
  ...new Set(episodes.map(({ session }) => session)),
];
