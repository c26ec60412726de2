import type { TrainedOn } from '../../src/model/checkpoint.ts';
import type { Episode } from '../../src/record/episode.ts';

/** What a model has learned from, each episode counted once. */
export function describeEpisodes(episodes: readonly Episode[]): TrainedOn {
  const unique = [...new Map(episodes.map((episode) => [episode.id, episode])).values()];
  return {
    sessions: [...new Set(unique.map((episode) => episode.session))],
    episodes: unique.length,
    steps: unique.reduce((sum, episode) => sum + episode.length, 0),
    files: [],
    actions: unique.map((episode) => episode.actions),
  };
}
