import type { Episode } from '../record/episode.ts';
import { createRng } from '../util/rng.ts';

export interface LearningDataOptions {
  /** The session that counts more. */
  readonly session: string;
  /** Newest steps of it that are used. */
  readonly sessionSteps: number;
  /** How often each of its episodes is in the data. */
  readonly sessionWeight: number;
  /** Steps of older sessions mixed in. */
  readonly replaySteps: number;
  /** Chooses the older episodes. */
  readonly seed: number;
}

/** How much of what a burst of learning in play takes. */
export const LEARNING_DATA_DEFAULTS = {
  sessionSteps: 256,
  sessionWeight: 4,
  replaySteps: 64,
} as const satisfies Partial<LearningDataOptions>;

/** An episode's last `steps`. */
function lastSteps(episode: Episode, steps: number): Episode {
  const from = episode.length - steps;
  return {
    ...episode,
    length: steps,
    ticks: episode.ticks.slice(from),
    actions: episode.actions.slice(from),
    columns: episode.columns.map((column) => column.slice(from)),
  };
}

/** The newest `steps` of `episodes`, oldest first; the one that does not fit keeps its end. */
function newest(episodes: readonly Episode[], steps: number): Episode[] {
  const taken: Episode[] = [];
  let left = steps;
  for (let i = episodes.length - 1; i >= 0 && left > 1; i--) {
    const episode = episodes[i];
    taken.unshift(episode.length > left ? lastSteps(episode, left) : episode);
    left -= episode.length;
  }
  return taken;
}

/** What a burst of continuous learning trains on. */
export interface LearningData {
  /** The session's newest steps, each episode once. */
  readonly session: readonly Episode[];
  /** Older episodes against forgetting. */
  readonly replay: readonly Episode[];
  /** The two together, the session repeated by its weight. */
  readonly episodes: readonly Episode[];
}

/** Mixes the newest steps of this session with a random choice of older ones. */
export function learningData(
  episodes: readonly Episode[],
  options: LearningDataOptions,
): LearningData {
  const usable = episodes.filter((episode) => episode.learn && episode.length > 1);
  const mine = usable.filter((episode) => episode.session === options.session);
  const older = usable.filter((episode) => episode.session !== options.session);
  const session = newest(mine, options.sessionSteps);
  const replay = newest(createRng(options.seed).shuffle(older), options.replaySteps);
  const repeated = Array.from({ length: options.sessionWeight }, () => session).flat();
  return { session, replay, episodes: [...replay, ...repeated] };
}
