import type { RecordedEpisode } from './recorded-episode.ts';

/** Ids of the last episodes that have that many steps together; the first of them may have more than are left. */
export function newestSteps(episodes: readonly RecordedEpisode[], steps: number): Set<string> {
  const ids = new Set<string>();
  for (let i = episodes.length - 1, left = steps; i >= 0 && left > 0; i--) {
    ids.add(episodes[i].id);
    left -= episodes[i].steps;
  }
  return ids;
}
