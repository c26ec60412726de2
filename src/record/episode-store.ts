import type { Episode, EpisodeEnd, EpisodeHeader } from './episode.ts';
import type { CharacterSpec } from './spec.ts';

/** Some steps of an episode that follow each other, in columns like an Episode's. */
export type EpisodeChunk = Pick<Episode, 'length' | 'ticks' | 'actions' | 'columns'>;

/** What a store knows of an episode without reading its steps. */
export interface EpisodeInfo extends EpisodeHeader {
  /** Number of steps stored so far. */
  readonly steps: number;
  /** Bytes of its stored steps. */
  readonly bytes: number;
  /** `specHash` of the spec it was recorded with. */
  readonly specHash: string;
  /** When its recording began: milliseconds since 1970. */
  readonly startedAt: number;
  /** False while it is being recorded, and for ever when the tab was closed meanwhile. */
  readonly finished: boolean;
}

export interface StoreSize {
  readonly episodes: number;
  readonly steps: number;
  /** Bytes of step data, without the store's own overhead. */
  readonly bytes: number;
}

export interface LoadOptions {
  /** Called for each episode that can no longer be read (`corrupt-file`). Writes a console warning unless given. */
  readonly onDamaged?: (error: Error, id: string) => void;
}

/**
 * Keeps episodes while and after they are recorded. Every call either happens as a whole or rejects
 * with a ForesightError and changes nothing: `storage-full` when there is no room, `storage` when
 * the medium fails, `bad-data` for an unknown episode or steps that do not fit, `not-ready` after
 * `close`.
 */
export interface EpisodeStore {
  /**
   * Rises when the store has lost its medium and opens it again: what was begun before may be gone, and the
   * recorder looks what is left. Absent where that cannot happen.
   */
  readonly connection?: number;
  /** Opens an episode without steps; until `finish` it counts as truncated. `bad-data` if the id is taken. */
  begin(spec: CharacterSpec, header: EpisodeHeader): Promise<void>;
  /** Adds steps to an unfinished episode. */
  append(id: string, chunk: EpisodeChunk): Promise<void>;
  /** @param endTick at or after the last step */
  finish(id: string, end: EpisodeEnd, endTick: number): Promise<void>;
  /** Stores an episode that has ended, with all of its steps. `bad-data` if the id is taken. */
  add(spec: CharacterSpec, episode: Episode): Promise<void>;
  /** All episodes of all specs, oldest first. */
  list(): Promise<EpisodeInfo[]>;
  /**
   * Episodes recorded with this spec, oldest first; or those of `ids`, in that order, where one of
   * another spec rejects with `spec-mismatch`. An unfinished one is `truncated` at its last step.
   * Damaged ones are left out and reported to `onDamaged`; the others load.
   */
  load(spec: CharacterSpec, ids?: readonly string[], options?: LoadOptions): Promise<Episode[]>;
  /** Marks an episode as to be learned from or not. */
  setLearn(id: string, learn: boolean): Promise<void>;
  /** Deletes an episode; does nothing when there is none of that id. */
  remove(id: string): Promise<void>;
  /** Deletes the episode that began last; its id, or null when there is none. */
  undoLast(): Promise<string | null>;
  /** Deletes everything. */
  clear(): Promise<void>;
  size(): Promise<StoreSize>;
  /** Lets the medium go. Any later call rejects. */
  close(): Promise<void>;
}
