import type { CharacterSpec } from './spec.ts';

/** How an episode ended: by the rules of the game, or cut off (closed tab, time limit). */
export type EpisodeEnd = 'terminated' | 'truncated';

/** Facts about an episode that are not steps. */
export interface EpisodeHeader {
  /** Unique among all episodes. */
  readonly id: string;
  /** Episodes of one sitting or match share it; data is split by session, never by episode. */
  readonly session: string;
  /** Whose steps these are, for example "player"; one player has one name within a session. */
  readonly character: string;
  readonly end: EpisodeEnd;
  /** Tick at which the episode ended, >= the last step's tick. */
  readonly endTick: number;
  /** False for episodes marked "do not learn": kept, but never trained on. */
  readonly learn: boolean;
  /** Anything else worth keeping (where it came from, the licence, who the player was). */
  readonly meta: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Contiguous steps of one character, in columns. Step i is the action that began at `ticks[i]` and
 * what could be observed at that tick.
 */
export interface Episode extends EpisodeHeader {
  /** Number of steps. */
  readonly length: number;
  /** [length] ticks, never falling. May begin below zero. */
  readonly ticks: Int32Array;
  /** [length] indices into the spec's actions. */
  readonly actions: Uint16Array;
  /**
   * One column of [length] per observation field, in the order of the spec: a number as it is, a
   * boolean as 0 or 1, a category as its index, an id as itself. NaN means missing.
   */
  readonly columns: readonly Float32Array[];
}

/** One {observation, action} as it is streamed: `values` are laid out like a row of the columns. */
export interface Step {
  readonly tick: number;
  /** Index into the spec's actions. */
  readonly action: number;
  /** [fields] column values, NaN = missing. */
  readonly values: Float32Array;
}

/** Names who played: two episodes of one player in one sitting are the only ones with the same name. */
export const playerOf = ({
  session,
  character,
}: Pick<EpisodeHeader, 'session' | 'character'>): string => JSON.stringify([session, character]);

/** Episodes and the spec they share. */
export interface EpisodeSet {
  readonly spec: CharacterSpec;
  readonly episodes: readonly Episode[];
}

/** True for what the ticks of an episode can hold: whole numbers of 32 bits. */
export const isTick = (value: unknown): value is number =>
  typeof value === 'number' && (value | 0) === value;

/** Steps that are no recording of their own, as an episode of no session; at least one. */
export function episodeOf(steps: readonly Step[]): Episode {
  const { tick, values } = steps[steps.length - 1];
  return {
    id: '',
    session: '',
    character: '',
    end: 'truncated',
    endTick: tick,
    learn: true,
    meta: {},
    length: steps.length,
    ticks: Int32Array.from(steps, (step) => step.tick),
    actions: Uint16Array.from(steps, ({ action }) => action),
    columns: Array.from(values, (_, field) =>
      Float32Array.from(steps, (step) => step.values[field]),
    ),
  };
}

/** Step `index` of an episode, as a copy. */
export function stepAt(episode: Episode, index: number): Step {
  const values = new Float32Array(episode.columns.length);
  episode.columns.forEach((column, field) => (values[field] = column[index]));
  return { tick: episode.ticks[index], action: episode.actions[index], values };
}
