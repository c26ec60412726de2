import type { EpisodeHeader } from './episode.ts';

/** The sessions of these episodes, in the order in which they first come. */
export const sessionsOf = (episodes: readonly Pick<EpisodeHeader, 'session'>[]): string[] => [
  ...new Set(episodes.map(({ session }) => session)),
];
