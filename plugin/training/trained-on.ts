import type { TrainedOn } from '../../src/model/checkpoint.ts';
import type { Episode } from '../../src/record/episode.ts';
import { keepNewest } from '../../src/util/keep-newest.ts';

/** Most actions a checkpoint carries along after continuous learning: 40 kB as 16-bit numbers. */
export const MAX_KEPT_ACTIONS = 20_000;
/** Most session names it carries along. */
export const MAX_KEPT_SESSIONS = 500;

/**
 * What a checkpoint learned from, bounded: a game that learns for hours would otherwise carry (and
 * export) every action ever made. The newest sequences are kept, the oldest one that does not fit
 * keeps its end.
 *
 * @param before what it started with; null without weights
 * @param run the episodes learned since then
 */
export function extendTrainedOn(before: TrainedOn | null, run: TrainedOn): TrainedOn {
  const category = run.category ?? before?.category;
  return {
    ...(category && { category }),
    sessions: [...new Set([...(before?.sessions ?? []), ...run.sessions])].slice(
      -MAX_KEPT_SESSIONS,
    ),
    episodes: (before?.episodes ?? 0) + run.episodes,
    steps: (before?.steps ?? 0) + run.steps,
    files: [...new Set([...(before?.files ?? []), ...run.files])],
    actions: keepNewest([...(before?.actions ?? []), ...run.actions], MAX_KEPT_ACTIONS),
  };
}

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
