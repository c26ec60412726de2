import type { ForesightError } from '../util/error.ts';
import type { Episode, EpisodeHeader } from './episode.ts';
import type { EpisodeBuffer } from './episode-buffer.ts';
import type { EpisodeStore } from './episode-store.ts';
import type { CharacterSpec } from './spec.ts';
import { storageError } from './storage-error.ts';

/** An episode that is being recorded, or one that has ended but is not stored yet. */
export interface Recording {
  /** Current facts; `end` and `endTick` are final once `ended`. */
  header: EpisodeHeader;
  readonly buffer: EpisodeBuffer;
  ended: boolean;
}

export interface EpisodeWriterOptions {
  readonly spec: CharacterSpec;
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
  /** The store will never accept it (its id is taken, or it was deleted): no more attempts. */
  refused: boolean;
}

/**
 * Writes recordings to a store in the background: collects steps and writes them at most every
 * `flushMs`, one chunk per episode. Steps that could not be written are kept and retried at growing
 * intervals. There is a timer only while something is unsaved.
 */
export class EpisodeWriter {
  readonly #options: EpisodeWriterOptions;
  /** Running recordings, and ended ones that are not stored yet. */
  readonly #recordings = new Map<Recording, Progress>();
  /** Reported causes with the recording they occurred in; forgotten at its next successful write. */
  readonly #reported = new Map<string, Recording>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #failures = 0;
  #disposed = false;

  constructor(options: EpisodeWriterOptions) {
    this.#options = options;
  }

  /** To be called when a recording has new steps or has ended. */
  touch(recording: Recording): void {
    if (!this.#recordings.has(recording))
      this.#recordings.set(recording, { begun: false, saved: 0, refused: false });
    if (!this.#recordings.get(recording)!.refused) this.#schedule();
  }

  /** Writes everything that is unsaved. Never rejects: failures go to `onError`. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // In sequence: two writes of the same episode must not overtake each other.
    return (this.#flushing = this.#flushing.then(() => this.#writeAll()));
  }

  /** Episodes with steps that are not in the store. */
  unsaved(): Episode[] {
    return [...this.#recordings]
      .filter(([recording, progress]) => isUnsaved(recording, progress))
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
      if (progress.refused || !isUnsaved(recording, progress)) continue;
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
    const { spec, store } = this.#options;
    const { buffer } = recording;
    const { id } = recording.header;
    if (!progress.begun) {
      await store.begin(spec, recording.header);
      progress.begun = true;
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

const isUnsaved = ({ buffer, ended }: Recording, { saved }: Progress): boolean =>
  ended || saved < buffer.length;
