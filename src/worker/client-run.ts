import type { Checkpoint } from '../model/checkpoint.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { ForesightError } from '../util/error.ts';
import type { EngineReport, RunCommand } from './protocol.ts';

/** Progress reports that are kept for a slow reader; older ones are dropped. */
export const PROGRESS_KEPT = 256;

export interface TrainingResult {
  /** The best weights so far when cancelled. */
  readonly checkpoint: Checkpoint;
  readonly cancelled: boolean;
  /** The engine in use at the end, and why. */
  readonly engine: EngineReport;
}

/** A run that the worker has been given. */
export interface RunInWorker {
  readonly result: Promise<TrainingResult>;
  /** Resolves when the worker has received the command, or has ended. To be called until `result` settles. */
  control(command: RunCommand): Promise<void>;
}

type BeginRun = (onProgress: (progress: TrainingProgress) => void) => RunInWorker;

/**
 * A training run: an async stream of progress reports that ends with the run, and the run's result. The
 * stream throws the error that `result` rejects with; read either or both. For one reader at a time.
 */
export class TrainingRun implements AsyncIterable<TrainingProgress> {
  readonly result: Promise<TrainingResult>;
  readonly #reports: TrainingProgress[] = [];
  /** Null while the run waits, and once it has ended. */
  #run: RunInWorker | null = null;
  #ended = false;
  #paused = false;
  #cancelled = false;
  #wake: () => void = () => {};

  /** @param turn settles when the runs before this one have ended */
  constructor(turn: Promise<unknown>, begin: BeginRun) {
    this.result = this.#work(turn, begin).finally(() => {
      this.#run = null;
      this.#ended = true;
      this.#wake();
    });
    // A caller that reads only the stream gets the error there.
    this.result.catch(() => {});
  }

  /** Stops after the current batch until `resume`. Resolves when the worker has received the command. */
  async pause(): Promise<void> {
    this.#paused = true;
    await this.#run?.control('pause');
  }

  async resume(): Promise<void> {
    this.#paused = false;
    await this.#run?.control('resume');
  }

  /**
   * Ends the run after the current batch; `result` holds the best weights so far. A run that still
   * waits for an earlier one is dropped: its result rejects with `cancelled`.
   */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    await this.#run?.control('cancel');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingProgress, void> {
    for (;;) {
      for (let one = this.#reports.shift(); one; one = this.#reports.shift()) yield one;
      if (this.#ended) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    await this.result;
  }

  async #work(turn: Promise<unknown>, begin: BeginRun): Promise<TrainingResult> {
    await turn;
    if (this.#cancelled)
      throw new ForesightError(
        'cancelled',
        'This training run was cancelled before it began. Call train again to start another.',
      );
    this.#run = begin((progress) => this.#push(progress));
    if (this.#paused) void this.#run.control('pause');
    return this.#run.result;
  }

  #push(progress: TrainingProgress): void {
    this.#reports.push(progress);
    if (this.#reports.length > PROGRESS_KEPT) this.#reports.shift();
    this.#wake();
  }
}
