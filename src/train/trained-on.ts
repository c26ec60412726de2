import type { TrainedOn } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';

/** With more steps than this, a checkpoint holds no action sequences. */
export const MOST_ACTIONS = 262_144;

export interface TrainedOnInput {
  /** Training episodes and held-out ones, since those chose the epoch. */
  readonly episodes: readonly Episode[];
  readonly files: readonly string[];
  /** What the start checkpoint was trained on. */
  readonly before?: TrainedOn;
}

/**
 * What a run learned from, together with what its start had learned from. An episode that both learned
 * from counts once, where its action sequence shows that it is the same.
 */
export function describeTrainedOn({ episodes, files, before }: TrainedOnInput): TrainedOn {
  const now = episodes.map(({ actions }) => actions.slice());
  const sessions = episodes.map(({ session }) => session);
  const steps = sumOf(now);
  if (!before)
    return {
      sessions: unique(sessions),
      episodes: episodes.length,
      steps,
      files: unique(files),
      actions: steps > MOST_ACTIONS ? [] : now,
    };
  const complete = before.actions.length === before.episodes;
  const known = new Set(now.map(String));
  const only = before.actions.filter((actions) => !known.has(String(actions)));
  const total = steps + (complete ? sumOf(only) : before.steps);
  return {
    sessions: unique([...before.sessions, ...sessions]),
    episodes: episodes.length + (complete ? only.length : before.episodes),
    steps: total,
    files: unique([...before.files, ...files]),
    actions: complete && total <= MOST_ACTIONS ? [...only, ...now] : [],
  };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

const sumOf = (sequences: readonly Uint16Array[]): number =>
  sequences.reduce((sum, { length }) => sum + length, 0);
