import type { Checkpoint } from '../model/checkpoint.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { ForesightError } from '../util/error.ts';
import type { EngineReport, TrainReply } from './protocol.ts';

/** News kept for a reader that is late; older ones are dropped. */
export const PROGRESS_KEPT = 256;

export interface TrainingResult {
  /** The best weights so far when cancelled. */
  readonly checkpoint: Checkpoint;
  readonly cancelled: boolean;
  /** The engine that trained to the end, and why it. */
  readonly engine: EngineReport;
}

/** How a run reaches its worker. */
export interface RunDriver {
  /** Settles when it is this run's turn. */
  readonly turn: Promise<unknown>;
  train(onProgress: (progress: TrainingProgress) => void): Promise<TrainReply>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
}

/**
 * A training run: an async stream of news that ends with the run, and its result. The stream throws
 * what `result` rejects with; read either or both. For one reader at a time.
 */
export class TrainingRun implements AsyncIterable<TrainingProgress> {
  readonly result: Promise<TrainingResult>;
  readonly #driver: RunDriver;
  readonly #news: TrainingProgress[] = [];
  #state: 'waiting' | 'running' | 'ended' = 'waiting';
  #paused = false;
  #cancelled = false;
  #wake: () => void = () => {};

  constructor(driver: RunDriver) {
    this.#driver = driver;
    this.result = this.#run().finally(() => {
      this.#state = 'ended';
      this.#wake();
    });
    // Whoever reads only the stream gets the error there.
    this.result.catch(() => {});
  }

  /** Stops after the current batch until `resume`. Resolves when the worker knows. */
  async pause(): Promise<void> {
    this.#paused = true;
    if (this.#state === 'running') await ignoreEnd(this.#driver.pause());
  }

  async resume(): Promise<void> {
    this.#paused = false;
    if (this.#state === 'running') await ignoreEnd(this.#driver.resume());
  }

  /**
   * Ends the run after the current batch; `result` holds the best weights so far. A run that still
   * waits for an earlier one is dropped: its result rejects with `cancelled`.
   */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    if (this.#state === 'running') await ignoreEnd(this.#driver.cancel());
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingProgress, void> {
    for (;;) {
      for (let news = this.#news.shift(); news; news = this.#news.shift()) yield news;
      if (this.#state === 'ended') break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    await this.result;
  }

  async #run(): Promise<TrainingResult> {
    await this.#driver.turn;
    if (this.#cancelled)
      throw new ForesightError(
        'cancelled',
        'This training run was cancelled before it began. Call train again to start another.',
      );
    this.#state = 'running';
    const training = this.#driver.train((progress) => this.#push(progress));
    if (this.#paused) void ignoreEnd(this.#driver.pause());
    const reply = await training;
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    const { checkpoint, cancelled, engine } = reply;
    return { checkpoint, cancelled, engine };
  }

  #push(progress: TrainingProgress): void {
    this.#news.push(progress);
    if (this.#news.length > PROGRESS_KEPT) this.#news.shift();
    this.#wake();
  }
}

/** A command that comes too late is no error: `result` tells how the run ended. */
const ignoreEnd = (command: Promise<void>): Promise<void> => command.catch(() => {});
