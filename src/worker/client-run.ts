import type { Checkpoint } from '../model/checkpoint.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { ForesightError } from '../util/error.ts';
import type { EngineReport, TrainReply } from './protocol.ts';

/** Progress reports that are kept for a slow reader; older ones are dropped. */
export const PROGRESS_KEPT = 256;

export interface TrainingResult {
  /** The best weights so far when cancelled. */
  readonly checkpoint: Checkpoint;
  readonly cancelled: boolean;
  /** The engine in use at the end, and why. */
  readonly engine: EngineReport;
}

/** A run's access to its worker. */
export interface RunDriver {
  /** Settles when the runs before this one have ended. */
  readonly turn: Promise<unknown>;
  train(onProgress: (progress: TrainingProgress) => void): Promise<TrainReply>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
}

/**
 * A training run: an async stream of progress reports that ends with the run, and the run's result. The
 * stream throws the error that `result` rejects with; read either or both. For one reader at a time.
 */
export class TrainingRun implements AsyncIterable<TrainingProgress> {
  readonly result: Promise<TrainingResult>;
  readonly #driver: RunDriver;
  readonly #reports: TrainingProgress[] = [];
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
    // A caller that reads only the stream gets the error there.
    this.result.catch(() => {});
  }

  /** Stops after the current batch until `resume`. Resolves when the worker has received the command. */
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
      for (let one = this.#reports.shift(); one; one = this.#reports.shift()) yield one;
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
    this.#reports.push(progress);
    if (this.#reports.length > PROGRESS_KEPT) this.#reports.shift();
    this.#wake();
  }
}

/** A command that comes too late is not an error: `result` shows how the run ended. */
const ignoreEnd = (command: Promise<void>): Promise<void> => command.catch(() => {});
