import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';

/** One player, to be carried to another browser: how they play, and a model of them. */
export interface PlayerProfile {
  /** What the player typed; empty when they typed nothing. Nothing else in a profile names them. */
  readonly name: string;
  readonly spec: CharacterSpec;
  /**
   * What they did, oldest first. The experts of a model count it (`Predictor.recall`). Ids, sessions, characters
   * and `meta` are not those of the recordings, and ticks begin at 0.
   */
  readonly episodes: readonly Episode[];
  /** A model of this player; null when the profile has none. */
  readonly checkpoint: Checkpoint | null;
}

/** Characters of a name. */
export const NAME_LENGTH = 40;

/** A typed name without what no one can see: control characters, spaces at its ends, and more than NAME_LENGTH. */
export const cleanName = (typed: string): string =>
  Array.from(typed.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim())
    .slice(0, NAME_LENGTH)
    .join('')
    .trim();
