import type { CharacterSpec } from './spec.ts';

/** How an episode ended: by the rules of the game, or cut short (closed tab, time limit). */
export type EpisodeEnd = 'terminated' | 'truncated';

/** Everything about an episode except its steps. */
export interface EpisodeHeader {
  /** Unique among all episodes. */
  readonly id: string;
  /** Shared by the episodes of one session or match; data is split by session, never by episode. */
  readonly session: string;
  /** The character that made the steps, for example "player"; a player has one name within a session. */
  readonly character: string;
  readonly end: EpisodeEnd;
  /** Tick at which the episode ended, >= the last step's tick. */
  readonly endTick: number;
  /** False for episodes marked "do not learn", which are kept but never trained on. */
  readonly learn: boolean;
  /** Any other information, such as source, licence or player. */
  readonly meta: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Contiguous steps of one character, in columns. Step i is the action that began at `ticks[i]` and the
 * observation at that tick.
 */
export interface Episode extends EpisodeHeader {
  /** Number of steps. */
  readonly length: number;
  /** [length] ticks, never decreasing. May begin below zero. */
  readonly ticks: Int32Array;
  /** [length] indices into the spec's actions. */
  readonly actions: Uint16Array;
  /**
   * One column of [length] per observation field, in the order of the spec, and one for each number of a
   * vector: a number or an id unchanged, a boolean as 0 or 1, a category as its index. NaN means missing.
   */
  readonly columns: readonly Float32Array[];
}

/** One observation and action, for streaming: `values` are laid out like a row of the columns. */
export interface Step {
  readonly tick: number;
  /** Index into the spec's actions. */
  readonly action: number;
  /** [columns] column values, NaN = missing. */
  readonly values: Float32Array;
}

/** A key of session and player: equal only for episodes of one player in one session. */
export const playerOf = ({
  session,
  character,
}: Pick<EpisodeHeader, 'session' | 'character'>): string => JSON.stringify([session, character]);

/** Episodes and the spec they share. */
export interface EpisodeSet {
  readonly spec: CharacterSpec;
  readonly episodes: readonly Episode[];
}

/** Whether a number can be a tick of an episode: a whole number of 32 bits. */
export const isTick = (value: unknown): value is number =>
  typeof value === 'number' && (value | 0) === value;

/** An episode without a session, made from loose steps (at least one). */
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
