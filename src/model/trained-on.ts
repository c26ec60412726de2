import type { Episode } from '../record/episode.ts';
import { keepNewest } from '../util/keep-newest.ts';
import type { TrainedOn } from './checkpoint.ts';

/** With more steps than this, a checkpoint holds no action sequences. */
export const MOST_ACTIONS = 262_144;

/** Most actions that a model carries along while it is played: 40 kB as 16-bit numbers. */
export const MOST_PLAYED_ACTIONS = 20_000;
/** Most session names that it carries along. */
export const MOST_PLAYED_SESSIONS = 500;

export interface TrainedOnInput {
  /** Training episodes and held-out ones, since those chose the epoch. */
  readonly episodes: readonly Episode[];
  readonly files?: readonly string[];
  /** What the start checkpoint was trained on. */
  readonly before?: TrainedOn;
  /** The model is trained in the game that plays it, again and again: only the newest is carried along. */
  readonly isPlayed?: boolean;
}

/**
 * What a run learned from, together with what its start had learned from. An episode that both learned
 * from counts once, where its action sequence shows that it is the same.
 */
export function describeTrainedOn({
  episodes,
  files = [],
  before = NOTHING,
  isPlayed,
}: TrainedOnInput): TrainedOn {
  const now = episodes.map(({ actions }) => actions.slice());
  const known = before.actions.length ? new Set(now.map(String)) : null;
  const only = before.actions.filter((actions) => !known?.has(String(actions)));
  // The oldest sequence may have kept only its end.
  const isComplete =
    before.actions.length === before.episodes && sumOf(before.actions) === before.steps;
  const all = {
    sessions: unique([...before.sessions, ...episodes.map(({ session }) => session)]),
    episodes: now.length + (isComplete ? only.length : before.episodes),
    steps: sumOf(now) + (isComplete ? sumOf(only) : before.steps),
    files: unique([...before.files, ...files]),
    actions: [...only, ...now],
  };
  if (isPlayed) return newestOf(all);
  return isComplete && all.steps <= MOST_ACTIONS ? all : { ...all, actions: [] };
}

/** What a model learns from while it is played. */
export class LearnedPlay {
  /** Actions of the episodes so far, by character. */
  readonly #running = new Map<string, number[]>();
  /** The newest ones: a checkpoint carries no more. */
  readonly #ended: Uint16Array[] = [];
  /** Actions in those. */
  #kept = 0;
  #episodes = 0;
  #steps = 0;

  step(character: string, action: number): void {
    const actions = this.#running.get(character);
    if (actions) actions.push(action);
    else this.#running.set(character, [action]);
    if (!actions) this.#episodes++;
    this.#steps++;
  }

  end(character: string): void {
    const actions = this.#running.get(character);
    if (!actions) return;
    this.#running.delete(character);
    this.#ended.push(Uint16Array.from(actions));
    this.#kept += actions.length;
    while (this.#kept - this.#ended[0].length >= MOST_PLAYED_ACTIONS)
      this.#kept -= this.#ended.shift()!.length;
  }

  /**
   * Together with what the model had learned from before.
   *
   * @param session in which it is played
   */
  trainedOn(before: TrainedOn, session: string): TrainedOn {
    const running = Array.from(this.#running.values(), (actions) => Uint16Array.from(actions));
    return newestOf({
      ...before,
      sessions: unique([...before.sessions, ...(this.#steps ? [session] : [])]),
      episodes: before.episodes + this.#episodes,
      steps: before.steps + this.#steps,
      actions: [...before.actions, ...this.#ended, ...running],
    });
  }
}

const NOTHING: TrainedOn = { sessions: [], episodes: 0, steps: 0, files: [], actions: [] };

/**
 * A game that learns for hours would otherwise carry, and export, every action ever made: the oldest sequence that
 * does not fit keeps its end.
 */
const newestOf = (all: TrainedOn): TrainedOn => ({
  ...all,
  sessions: all.sessions.slice(-MOST_PLAYED_SESSIONS),
  actions: keepNewest(all.actions, MOST_PLAYED_ACTIONS),
});

const unique = (names: readonly string[]): string[] => [...new Set(names)];

const sumOf = (sequences: readonly Uint16Array[]): number =>
  sequences.reduce((sum, { length }) => sum + length, 0);
