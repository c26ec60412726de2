/** A stored model. */
export interface StoredModel {
  /** Name of the model in the game. */
  readonly key: string;
  /** What its weights were trained from: see `originOf`. */
  readonly origin: string;
  /** A checkpoint file: see `serializeCheckpoint`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** Keeps models for the next session, one for each key. Every method throws `storage` or `storage-full` when it fails. */
export interface ModelStore {
  /** Null when there is none of that key. */
  load(key: string): Promise<StoredModel | null>;
  /** Replaces the one of the same key. */
  save(model: StoredModel): Promise<void>;
  /** Does nothing when there is none. */
  remove(key: string): Promise<void>;
  clear(): Promise<void>;
  /** Bytes of all files. */
  size(): Promise<number>;
  close(): Promise<void>;
}
