import type { Checkpoint } from '../model/checkpoint.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { ForesightError } from '../util/error.ts';
import type { Turns } from '../util/turns.ts';
import { ProgressFeed } from './client-progress.ts';
import type { EngineReport, RunCommand } from './protocol.ts';

export interface TrainingResult {
  /** The best weights so far when cancelled. */
  readonly checkpoint: Checkpoint;
  readonly cancelled: boolean;
  /** The engine in use at the end, and why. */
  readonly engine: EngineReport;
}

/** What the work of a run needs of it. */
export interface RunLink {
  /** Gives progress to the readers of the run. */
  readonly report: (progress: TrainingProgress) => void;
  /** Has commands sent to what trains from now on; that to pause at once when it was given before. */
  readonly steer: (send: (command: RunCommand) => void) => void;
  readonly isCancelled: () => boolean;
  /** Throws `cancelled` when the run was cancelled, for work that has not begun. */
  readonly throwIfCancelled: () => void;
}

/**
 * One training run. Await it for its result, or loop over it for its progress:
 * `for await (const progress of run) …`, which begins with the newest 256 reports. Both reject with a
 * ForesightError when the run failed; the loop only ends when it was cancelled.
 */
export class TrainingRun<Result = TrainingResult>
  implements PromiseLike<Result>, AsyncIterable<TrainingProgress>
{
  /** Key of the model; without a game, the name of the spec. */
  readonly key: string;
  readonly result: Promise<Result>;
  readonly #progress = new ProgressFeed<TrainingProgress>();
  #state: 'running' | 'paused' | 'cancelled' | 'done' = 'running';
  #send: (command: RunCommand) => void = () => {};

  /** @internal The work is done when its turn comes, also that of a run that was cancelled meanwhile. */
  constructor(key: string, turns: Turns, work: (link: RunLink) => Promise<Result>) {
    this.key = key;
    const link: RunLink = {
      report: (progress) => this.#progress.push(progress),
      steer: (send) => {
        this.#send = send;
        if (this.#state === 'paused') send('pause');
      },
      isCancelled: () => this.#state === 'cancelled',
      throwIfCancelled: () => this.#throwIfCancelled(),
    };
    this.result = turns
      .take(() => work(link))
      .finally(() => {
        this.#send = () => {};
        if (this.#state !== 'cancelled') this.#state = 'done';
        this.#progress.end();
      });
    // A caller that reads only the progress gets the error there.
    this.result.catch(() => {});
  }

  get state(): 'running' | 'paused' | 'cancelled' | 'done' {
    return this.#state;
  }

  /** Stops after the current batch until `resume`. */
  pause(): void {
    if (this.#state !== 'running') return;
    this.#state = 'paused';
    this.#send('pause');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    this.#send('resume');
  }

  /**
   * Ends the run after the current batch: a model keeps its old weights. A run that still waits for an earlier
   * one is dropped: it rejects with `cancelled`.
   */
  cancel(): void {
    if (this.#state === 'done' || this.#state === 'cancelled') return;
    this.#state = 'cancelled';
    this.#send('cancel');
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a run is there to be awaited
  then<A = Result, B = never>(
    resolved?: ((result: Result) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result.then(resolved, rejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingProgress, void> {
    yield* this.#progress.read();
    if (this.#state !== 'cancelled') await this.result;
  }

  #throwIfCancelled(): void {
    if (this.#state === 'cancelled')
      throw new ForesightError(
        'cancelled',
        `Training of "${this.key}" was cancelled before it began. Call train again to start another.`,
      );
  }
}
