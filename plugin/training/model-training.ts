import { ForesightError } from '../../src/util/error.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { TrainingProgress } from '../../src/train/progress.ts';
import type { TrainRequest } from '../../src/worker/protocol.ts';
import type { RunInWorker, TrainerClient, TrainingResult } from '../../src/worker/client.ts';
import type { TrainedResult } from '../game/events.ts';
import type { LiveModel } from '../game/live-model.ts';
import { ProgressFeed } from './progress-feed.ts';
import { extendTrainedOn } from './trained-on.ts';

/** What a run needs; made by the plugin. */
export interface ModelTrainingOptions {
  readonly model: LiveModel;
  /** The steps to learn from; called when the run's turn comes. */
  readonly request: () => Promise<TrainRequest>;
  /** What old and new weights are compared on; when absent, the new ones are taken over in any case. */
  readonly compareOn?: (request: TrainRequest) => readonly Episode[];
  /** Resolves when it is this run's turn. */
  readonly turn: Promise<void>;
  readonly client: () => Promise<TrainerClient>;
  /** Take the new weights over only when their log-loss is below the old one plus this, in nats. */
  readonly tolerance: number;
}

/**
 * One training run of a model. Await it for its result, or loop over it for its progress:
 * `for await (const progress of foresight.train('duelist')) …`. It rejects with a ForesightError when
 * the run failed. The old weights stay then, and also when it is cancelled or the new ones are worse.
 * It is cancelled when its model is given other weights or restored before it is done.
 */
export class ModelTraining implements PromiseLike<TrainedResult>, AsyncIterable<TrainingProgress> {
  readonly key: string;
  readonly result: Promise<TrainedResult>;
  readonly #options: ModelTrainingOptions;
  /** Of the model when the run was requested. */
  readonly #generation: number;
  readonly #feed = new ProgressFeed<TrainingProgress>();
  /** While the worker trains. */
  #run: RunInWorker | null = null;
  #state: 'running' | 'paused' | 'cancelled' | 'done' = 'running';
  #onProgress: ((progress: TrainingProgress) => void) | null;

  constructor(options: ModelTrainingOptions, onProgress: (progress: TrainingProgress) => void) {
    this.key = options.model.key;
    this.#options = options;
    this.#generation = options.model.generation;
    this.#onProgress = onProgress;
    this.result = this.#work().finally(() => {
      this.#feed.end();
      this.#onProgress = null;
      if (this.#state !== 'cancelled') this.#state = 'done';
    });
    // Errors surface to awaiters and as `error` events.
    this.result.catch(() => {});
  }

  get state(): 'running' | 'paused' | 'cancelled' | 'done' {
    return this.#state;
  }

  /** Stops after the current batch until `resume`. */
  pause(): void {
    if (this.#state !== 'running') return;
    this.#state = 'paused';
    void this.#run?.control('pause');
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    void this.#run?.control('resume');
  }

  /** Ends the run after the current batch; the old weights stay. */
  cancel(): void {
    if (this.#state === 'done' || this.#state === 'cancelled') return;
    this.#state = 'cancelled';
    void this.#run?.control('cancel');
  }

  /** @internal Cancels the run if the weights that it trains from, or is compared with, are gone. */
  cancelIfOutdated(): void {
    if (this.#options.model.generation !== this.#generation) this.cancel();
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a run is there to be awaited
  then<A = TrainedResult, B = never>(
    resolved?: ((result: TrainedResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result.then(resolved, rejected);
  }

  [Symbol.asyncIterator](): AsyncGenerator<TrainingProgress, void> {
    return this.#feed.read();
  }

  async #work(): Promise<TrainedResult> {
    await this.#options.turn;
    this.#throwIfCancelled();
    const request = await this.#options.request();
    const client = await this.#options.client();
    this.#throwIfCancelled();
    this.#run = client.begin(request, (progress) => {
      this.#feed.push(progress);
      this.#onProgress?.(progress);
      this.cancelIfOutdated();
    });
    if (this.#state === 'paused') void this.#run.control('pause');
    const trained = await this.#run.result;
    this.#run = null;
    return this.#adopt(trained, { client, request });
  }

  /** Gives the model the new weights, unless the run was cancelled, or is outdated, or they are worse. */
  async #adopt(
    { checkpoint: trained, cancelled, engine }: TrainingResult,
    { client, request }: { readonly client: TrainerClient; readonly request: TrainRequest },
  ): Promise<TrainedResult> {
    const { model, compareOn, tolerance } = this.#options;
    const checkpoint = { ...trained, trainedOn: extendTrainedOn(null, trained.trainedOn) };
    const result = { key: model.key, checkpoint, engine };
    if (cancelled || this.#isCancelled())
      return { ...result, cancelled: true, swapped: false, before: NaN, after: NaN };
    const old = compareOn ? model.checkpoint : null;
    const checkpoints = old ? [checkpoint, old] : [checkpoint];
    const [after, before = NaN] = compareOn
      ? await client.compare(checkpoints, compareOn(request))
      : [NaN];
    // Cancelled during the comparison, or the game is gone.
    if (this.#isCancelled()) return { ...result, cancelled: true, swapped: false, before, after };
    const swapped = !old || after < before + tolerance;
    if (swapped) model.swap(checkpoint);
    return { ...result, cancelled: false, swapped, before, after };
  }

  #isCancelled(): boolean {
    this.cancelIfOutdated();
    return this.#state === 'cancelled';
  }

  #throwIfCancelled(): void {
    if (this.#isCancelled())
      throw new ForesightError(
        'cancelled',
        `Training of "${this.key}" was cancelled before it began. Call train again to start another.`,
      );
  }
}
