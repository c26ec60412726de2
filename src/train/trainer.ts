import type { Batch } from '../dataset/batch.ts';
import type { Checkpoint, CheckpointMetrics } from '../model/checkpoint.ts';
import { ForesightError } from '../util/error.ts';
import { createRng } from '../util/rng.ts';
import type { CreateBackend, EngineName, TrainingBackend } from './backend.ts';
import { TrainingControl } from './control.ts';
import { EarlyStopping } from './early-stopping.ts';
import { evaluateBatches, MeanLoss } from './evaluate-batches.ts';
import type { HeldOutFigures } from './evaluate-batches.ts';
import { Pace } from './pace.ts';
import { checkpointOf, prepareRun } from './prepare.ts';
import type { PreparedRun, RunOptions } from './prepare.ts';
import type { TrainingProgress } from './progress.ts';
import { learningRateAt } from './schedule.ts';

export interface TrainOptions extends RunOptions {
  readonly createBackend: CreateBackend;
  readonly control?: TrainingControl;
  /**
   * Milliseconds of doing nothing after every few milliseconds of work, so that others get the core;
   * default 0. The result is the same.
   */
  readonly restMs?: number;
}

export interface TrainingOutcome {
  /** With the weights of the epoch that did best on the held-out sessions; without such, the last ones. */
  readonly checkpoint: Checkpoint;
  /** True when the run was cancelled before its end. */
  readonly cancelled: boolean;
  /** What trained last. */
  readonly engine: EngineName;
}

/**
 * Trains a network: yields progress reports and returns the checkpoint. The same data, options and
 * engine give the same weights.
 *
 * A share of the sessions, `heldOutFraction`, is kept out to choose the best epoch; with a single
 * session there is none, and the last epoch is taken. Cancelling is no error: the outcome holds the
 * best weights so far. Calling `return` on the generator ends the run and frees the backend.
 *
 * Throws `bad-config` and `bad-data`, `spec-mismatch` when `start` is of another spec, `diverged`
 * when the loss stops being a number before one epoch was finished (later, the run ends there and
 * gives the best weights), and what `createBackend` throws.
 */
export async function* train(
  options: TrainOptions,
): AsyncGenerator<TrainingProgress, TrainingOutcome> {
  const prepared = prepareRun(options);
  const { shape, training, weights } = prepared;
  const backend = await options.createBackend({ shape, training, weights });
  try {
    const run = new Run(prepared, backend, options);
    return yield* run.epochs();
  } finally {
    backend.dispose();
  }
}

/** Updates given to an engine before its losses are read: a GPU has to finish its work for each read. */
const LOSSES_TOGETHER = 16;

/** The weights of one epoch, which the run may end with. */
interface Kept {
  readonly weights: Float32Array;
  /** Training loss of their epoch. */
  readonly loss: number;
  readonly heldOut: HeldOutFigures | null;
}

/** How an epoch came to its end. */
type EpochEnd = 'finished' | 'cancelled' | 'diverged';

class Run {
  readonly #prepared: PreparedRun;
  readonly #backend: TrainingBackend;
  readonly #options: TrainOptions;
  readonly #control: TrainingControl;
  readonly #pace: Pace;
  readonly #stopping: EarlyStopping;
  readonly #batches: number;
  /** The best epoch by held-out loss; without one, the last. */
  #kept: Kept | null = null;
  /** The epoch of the lowest training loss. */
  #lowest: Kept | null = null;
  /** Epochs finished. */
  #epochs = 0;
  /** Batches of the current epoch done so far. */
  #batch = 0;
  #loss = new MeanLoss();
  #learningRate = 0;

  constructor(prepared: PreparedRun, backend: TrainingBackend, options: TrainOptions) {
    const { training, train: dataset } = prepared;
    this.#prepared = prepared;
    this.#backend = backend;
    this.#options = options;
    this.#pace = new Pace(options.restMs);
    this.#control = options.control ?? new TrainingControl();
    this.#stopping = new EarlyStopping(training.patience);
    this.#batches = Math.ceil(dataset.count / training.batchSize);
  }

  async *epochs(): AsyncGenerator<TrainingProgress, TrainingOutcome> {
    const { training, train: dataset } = this.#prepared;
    const rng = createRng(training.seed).fork(SHUFFLE);
    if (!(await this.#keepStart())) return this.#outcome('cancelled');
    while (this.#epochs < training.epochs && !this.#stopping.stop) {
      this.#loss = new MeanLoss();
      this.#batch = 0;
      const end = yield* this.#epoch(
        dataset.batches(training.batchSize, rng, {
          fieldDropout: training.fieldDropout,
          memory: this.#backend.batchMemory,
        }),
      );
      if (end !== 'finished') return this.#outcome(end);
    }
    return this.#outcome('finished');
  }

  async *#epoch(batches: Iterable<Batch>): AsyncGenerator<TrainingProgress, EpochEnd> {
    for (const batch of batches) {
      if (!(await this.#mayContinue())) return 'cancelled';
      this.#learningRate = learningRateAt(this.#prepared.training.learningRate, {
        update: this.#epochs * this.#batches + this.#batch,
        updates: this.#prepared.training.epochs * this.#batches,
        epoch: this.#epochs,
      });
      await this.#backend.step(batch, this.#learningRate);
      this.#batch++;
      const last = this.#batch === this.#batches;
      const reportDue = !last && this.#pace.isReportDue();
      if (!(last || reportDue || this.#batch % LOSSES_TOGETHER === 0)) continue;
      if (!(await this.#takeLosses())) return 'diverged';
      if (reportDue) yield this.#report();
    }
    const heldOut = await this.#evaluate();
    if (heldOut === 'cancelled') return 'cancelled';
    const weights = await this.#backend.weights();
    if (!Number.isFinite(heldOut?.loss ?? 0) || !weights.every(Number.isFinite)) return 'diverged';
    const kept = { weights, loss: this.#loss.value, heldOut };
    if (!heldOut || this.#stopping.add(heldOut.loss)) this.#kept = kept;
    if (!(this.#lowest && this.#lowest.loss < kept.loss)) this.#lowest = kept;
    // The report is on the epoch that ends, which has not been counted yet.
    const report = this.#report(heldOut);
    this.#epochs++;
    yield report;
    return 'finished';
  }

  /** Waits for the updates given to the engine. False when one of their losses is not finite. */
  async #takeLosses(): Promise<boolean> {
    const losses = await this.#backend.losses();
    if (!losses.every(({ loss }) => Number.isFinite(loss))) return false;
    for (const one of losses) this.#loss.add(one);
    return true;
  }

  /** With a start checkpoint its weights are the ones to beat. False when cancelled meanwhile. */
  async #keepStart(): Promise<boolean> {
    const { start } = this.#options;
    if (!start || !this.#prepared.heldOut) return true;
    const heldOut = await this.#evaluate();
    if (heldOut === 'cancelled') return false;
    if (heldOut && this.#stopping.add(heldOut.loss))
      this.#kept = { weights: start.weights.slice(), loss: start.metrics.loss, heldOut };
    return true;
  }

  /** Figures on the held-out sessions; null when there are none. */
  async #evaluate(): Promise<HeldOutFigures | null | 'cancelled'> {
    const { heldOut, training } = this.#prepared;
    if (!heldOut) return null;
    const batches = heldOut.batches(training.batchSize);
    return (
      (await evaluateBatches(this.#backend, batches, () => this.#mayContinue())) ?? 'cancelled'
    );
  }

  /** Lets others in and waits while paused. False when cancelled. */
  async #mayContinue(): Promise<boolean> {
    await this.#pace.yieldToEventLoop();
    return this.#pace.excludePause(this.#control.waitWhilePaused());
  }

  /** Those of the action only where it is learned: a log of values alone has an action in name only. */
  #figures(
    heldOut: HeldOutFigures | null,
  ): Pick<CheckpointMetrics, 'heldOutLoss' | 'heldOutLogLoss' | 'heldOutTop1'> {
    if (!heldOut) return {};
    const { loss, logLoss, top1 } = heldOut;
    const { lossWeights } = this.#prepared.training;
    return {
      heldOutLoss: loss,
      ...(lossWeights.action && { heldOutLogLoss: logLoss, heldOutTop1: top1 }),
    };
  }

  /** @param heldOut given at the end of an epoch; null when nothing is held out */
  #report(heldOut?: HeldOutFigures | null): TrainingProgress {
    const { epochs } = this.#prepared.training;
    const done = (this.#epochs + this.#batch / this.#batches) / epochs;
    return {
      epoch: this.#epochs + 1,
      epochs,
      batch: this.#batch,
      batches: this.#batches,
      loss: this.#loss.value,
      learningRate: this.#learningRate,
      epochEnd: heldOut !== undefined,
      ...this.#figures(heldOut ?? null),
      secondsElapsed: this.#pace.seconds,
      secondsLeft: this.#pace.secondsLeft(done),
      engine: this.#backend.engine,
    };
  }

  async #outcome(end: EpochEnd): Promise<TrainingOutcome> {
    const kept = await this.#choose(end);
    const { spec } = this.#options;
    const metrics: CheckpointMetrics = {
      epochs: this.#epochs,
      loss: kept.loss,
      ...this.#figures(kept.heldOut),
    };
    const { weights } = kept;
    return {
      checkpoint: checkpointOf(this.#prepared, { spec, weights, metrics }),
      cancelled: end === 'cancelled',
      engine: this.#backend.engine,
    };
  }

  /** The best weights; without held-out losses, the last finite ones. */
  async #choose(end: EpochEnd): Promise<Kept> {
    if (this.#kept?.heldOut) return this.#kept;
    if (end === 'finished' && this.#kept) return this.#kept;
    const weights = end === 'cancelled' ? await this.#backend.weights() : null;
    if (weights?.every(Number.isFinite)) return { weights, loss: this.#loss.value, heldOut: null };
    // Before the loss stopped being a number it had grown: the last epoch is not the one to keep.
    if (this.#lowest) return this.#lowest;
    throw new ForesightError(
      'diverged',
      `The loss stopped being a number in epoch ${this.#epochs + 1}, at a learning rate of ${this.#learningRate}. Lower the learning rate to a third, or set clipNorm to 1.`,
    );
  }
}

/** Shuffling must not draw the same numbers as others that start from the run's seed. */
const SHUFFLE = 0x5f;
