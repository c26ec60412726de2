import type { ForesightError } from '../util/error.ts';
import type { Episode, EpisodeHeader } from './episode.ts';
import type { EpisodeBuffer } from './episode-buffer.ts';
import type { EpisodeStore } from './episode-store.ts';
import type { CharacterSpec } from './spec.ts';
import { storageError } from './storage-error.ts';

/** An episode that is being recorded, or one that has ended but is not stored yet. */
export interface Recording {
  readonly spec: CharacterSpec;
  /** Current facts; `end` and `endTick` are final once `ended`. */
  header: EpisodeHeader;
  readonly buffer: EpisodeBuffer;
  ended: boolean;
}

export interface EpisodeWriterOptions {
  readonly store: EpisodeStore;
  /** Longest time from a step to the write, ms. */
  readonly flushMs: number;
  /** Called once per cause. */
  readonly onError: (error: ForesightError) => void;
}

/** Longest time between two attempts while the store fails, ms. */
const LONGEST_WAIT_MS = 30_000;

interface Progress {
  begun: boolean;
  /** Number of steps that are in the store. */
  saved: number;
  /** Its mark changed since it was begun. */
  marked: boolean;
  /** The store will never accept it (its id is taken, or it was deleted): no more attempts. */
  refused: boolean;
  /** `EpisodeStore.connection` to which the others apply. */
  connection: number | undefined;
}

/**
 * Writes recordings to a store in the background: collects steps and writes them at most every
 * `flushMs`, one chunk per episode. Steps that could not be written are kept and retried at growing
 * intervals. There is a timer only while something is unsaved. Recorders may share one.
 */
export class EpisodeWriter {
  readonly #options: EpisodeWriterOptions;
  /** Running recordings, and ended ones that are not stored yet. */
  readonly #recordings = new Map<Recording, Progress>();
  /** Reported causes with the recording they occurred in; forgotten at its next successful write. */
  readonly #reported = new Map<string, Recording>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #disposed = false;

  constructor(options: EpisodeWriterOptions) {
    this.#options = options;
  }

  /** To be called when a recording has new steps or has ended. */
  touch(recording: Recording): void {
    let progress = this.#recordings.get(recording);
    if (!progress) {
      const { connection } = this.#options.store;
      progress = { begun: false, saved: 0, marked: false, refused: false, connection };
      this.#recordings.set(recording, progress);
    }
    if (!progress.refused) this.#schedule();
  }

  /** Running recordings, and ended ones that are not wholly stored, in the order in which they began. */
  get recordings(): Recording[] {
    return [...this.#recordings.keys()];
  }

  /** Writes everything that is unsaved. Never rejects: failures go to `onError`. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.inTurn(() => this.#writeAll());
  }

  /** Does `work` after the writes so far, and before any other: two of the same episode must not overtake each other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#flushing.then(work);
    this.#flushing = done.catch(() => {});
    return done;
  }

  /** Keeps nothing of a recording that has ended, and writes nothing more of it. To be called `inTurn`. */
  forget(recording: Recording): void {
    this.#recordings.delete(recording);
  }

  /** Marks a recording as to be learned from or not. */
  mark(recording: Recording, learn: boolean): void {
    recording.header = { ...recording.header, learn };
    const progress = this.#recordings.get(recording);
    if (progress) progress.marked = true;
    this.touch(recording);
  }

  /** Episodes with steps that are not in the store. */
  unsaved(): Episode[] {
    return [...this.#recordings]
      .filter(([recording, progress]) => this.#isUnsaved(recording, progress))
      .map(([{ header, buffer }]) => ({ ...header, ...buffer.slice() }));
  }

  /** Makes a last attempt and stops the timer. */
  dispose(): Promise<void> {
    this.#disposed = true;
    return this.flush();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#disposed) return;
    const wait = Math.min(
      this.#options.flushMs * 2 ** this.#failures,
      Math.max(LONGEST_WAIT_MS, this.#options.flushMs),
    );
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  async #writeAll(): Promise<void> {
    let failed = false;
    for (const [recording, progress] of this.#recordings) {
      if (progress.refused || !this.#isUnsaved(recording, progress)) continue;
      try {
        await this.#write(recording, progress);
        for (const [cause, met] of this.#reported)
          if (met === recording) this.#reported.delete(cause);
      } catch (thrown) {
        const error = storageError(thrown, `Storing episode "${recording.header.id}"`);
        progress.refused = error.code !== 'storage' && error.code !== 'storage-full';
        failed ||= !progress.refused;
        this.#report(error, recording, progress.refused);
      }
    }
    this.#failures = failed ? this.#failures + 1 : 0;
    if (failed) this.#schedule();
  }

  async #write(recording: Recording, progress: Progress): Promise<void> {
    const { store } = this.#options;
    for (;;) {
      try {
        if (progress.connection !== store.connection) await this.#lookUp(recording, progress);
        return await this.#writeRest(recording, progress);
      } catch (error) {
        // A failure of a connection that is gone is none: the store has another one.
        if (progress.connection === store.connection) throw error;
      }
    }
  }

  /** Finds how much of a recording is in a store that was opened again. */
  async #lookUp({ header }: Recording, progress: Progress): Promise<void> {
    const { store } = this.#options;
    const { connection } = store;
    const stored = (await store.list()).find(({ id }) => id === header.id);
    const [begun, saved] = [!!stored, stored?.steps ?? 0];
    Object.assign(progress, { begun, saved, marked: begun, connection });
  }

  async #writeRest(recording: Recording, progress: Progress): Promise<void> {
    const { store } = this.#options;
    const { spec, buffer } = recording;
    const { id } = recording.header;
    if (!progress.begun) {
      await store.begin(spec, recording.header);
      progress.begun = true;
      progress.marked = false;
    }
    if (progress.marked) {
      await store.setLearn(id, recording.header.learn);
      progress.marked = false;
    }
    const { length } = buffer;
    if (progress.saved < length) {
      await store.append(id, buffer.slice(progress.saved, length));
      progress.saved = length;
    }
    // It may have ended or grown while the steps were being written.
    if (!recording.ended || progress.saved < buffer.length) return;
    await store.finish(id, recording.header.end, recording.header.endTick);
    this.#recordings.delete(recording);
  }

  #isUnsaved({ buffer, ended }: Recording, { saved, marked, connection }: Progress): boolean {
    const { store } = this.#options;
    return ended || marked || saved < buffer.length || connection !== store.connection;
  }

  #report(error: ForesightError, recording: Recording, refused: boolean): void {
    const cause = error.cause instanceof Error ? error.cause.name : '';
    const key = refused ? error.message : `${error.code} ${cause}`;
    if (this.#reported.has(key)) return;
    this.#reported.set(key, recording);
    try {
      this.#options.onError(error);
    } catch (thrown) {
      // A faulty listener must not stop the writing, so its error goes to the console.
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }
}
