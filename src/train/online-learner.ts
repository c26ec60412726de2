import type { Batch } from '../dataset/batch.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { WindowDataset } from '../dataset/windows.ts';
import { TrainableNetwork as ReferenceNetwork } from '../kernels/reference/trainable-network.ts';
import { TrainableNetwork } from '../kernels/wasm/trainable-network.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { ONLINE_DEFAULTS } from '../model/online-options.ts';
import type { OnlineOptions } from '../model/online-options.ts';
import { residualsFrom } from '../model/residuals-from.ts';
import type { Step } from '../record/episode.ts';
import { concat } from '../util/concat.ts';
import { ForesightError } from '../util/error.ts';
import { allFinite } from '../util/math.ts';
import { createRng } from '../util/rng.ts';
import type { BackendOptions } from './backend.ts';
import { LearningGuard } from './learning-guard.ts';
import type { RecentScores } from './learning-guard.ts';
import type { LocalNetwork } from './local-backend.ts';
import { RecentSteps } from './recent-steps.ts';
import type { Replay } from './replay.ts';

/** How learning from play goes. */
export interface OnlineFigures {
  /** Updates of the network so far. */
  readonly updates: number;
  /** How often it went wrong, and began again from good weights. */
  readonly rollbacks: number;
  /** The learned weights on recent steps, before learning from them. */
  readonly learned: RecentScores;
  /** The weights that learning began with, on the same steps. */
  readonly frozen: RecentScores;
}

/** What one update came to. */
export interface Learned {
  /** A copy of the weights to predict with, flat. */
  readonly weights: Float32Array;
  /** Whether it went wrong: the network must then begin again from these weights, without its optimiser's memory. */
  readonly rolledBack: boolean;
}

/** A character's episode so far. */
interface Follower {
  readonly recent: RecentSteps;
  /** Newest steps that no update has read. */
  fresh: number;
}

/** What the next call of `take` judges. */
interface Judged {
  readonly newest: Batch;
  /** The same batch with those targets alone that nothing has learned from. */
  readonly fresh: Batch;
}

/**
 * Continues to train a checkpoint's network while it is in use: one small update at a time, on the newest
 * steps of a character and, against forgetting, on windows of older sessions. It prepares the batches,
 * averages the weights, and rolls back when they go wrong; the update itself is made by an engine of the
 * caller. What `evaluate` scores and what learns in play are both this.
 *
 * For each step call `observe`. When it returns true, train on `batch`, then call `take`.
 */
export class OnlineLearner {
  readonly #checkpoint: Checkpoint;
  readonly #options: Required<OnlineOptions>;
  readonly #replay: WindowDataset | null;
  readonly #followers = new Map<string, Follower>();
  readonly #guard: LearningGuard;
  /** Holds the average. */
  readonly #judge: LocalNetwork;
  /** Holds the weights that learning began with. */
  readonly #frozen: LocalNetwork;
  /** Running average of the weights, flat. */
  #average: Float32Array;
  #judged: Judged | null = null;
  #replayBatches: Generator<Batch> | null = null;
  #round = 0;
  #updates = 0;
  #rollbacks = 0;

  constructor(checkpoint: Checkpoint, replay: Replay, options: OnlineOptions = {}) {
    this.#checkpoint = checkpoint;
    this.#options = { ...ONLINE_DEFAULTS, ...options };
    this.#average = checkpoint.weights.slice();
    this.#guard = new LearningGuard(this.#options.tolerance);
    this.#judge = openNetwork(this.network);
    this.#frozen = openNetwork(this.network);
    this.#replay = replay.episodes.some(({ length }) => length > 1) ? this.#cut(replay) : null;
  }

  /** The network to train, with the weights to begin with or, after a rollback, to begin again with. */
  get network(): BackendOptions {
    const { shape, training } = this.#checkpoint;
    const { dropout, seed } = this.#options;
    return { shape, weights: this.#average, training: { ...training, dropout, seed } };
  }

  /** Learning rate of each update. */
  get rate(): number {
    return this.#options.rate;
  }

  get figures(): OnlineFigures {
    const { learned, frozen } = this.#guard;
    return { updates: this.#updates, rollbacks: this.#rollbacks, learned, frozen };
  }

  /**
   * Adds the next step of a character's episode. Returns true when an update is due.
   *
   * @param votes of the character's experts at this step; copied; null without experts
   */
  observe(character: string, step: Step, votes: ExpertVotes | null): boolean {
    let follower = this.#followers.get(character);
    if (!follower) {
      follower = { recent: new RecentSteps(this.#options.windowLength), fresh: 0 };
      this.#followers.set(character, follower);
    }
    const { recent } = follower;
    recent.push(step, votes);
    follower.fresh++;
    return recent.count > 1 && recent.count % this.#options.everySteps === 0;
  }

  /** A character's episode ended. */
  reset(character: string): void {
    this.#followers.delete(character);
  }

  /** What the next update trains on: the last window of a character's episode so far, which has two steps, and older ones. */
  batch(character: string): Batch {
    const follower = this.#followers.get(character);
    if (!follower) throw new RangeError(`"${character}" has no steps`);
    const { recent, fresh } = follower;
    const [episode, votes] = [recent.episode(), recent.votes()];
    const windows = this.#cut({ episodes: [episode], votes: votes && new Map([[episode, votes]]) });
    const [newest] = windows.batches(windows.count);
    follower.fresh = 0;
    this.#judged = { newest, fresh: lastTargets(newest, fresh) };
    const old = this.#drawReplay();
    return old ? joinBatches(newest, old) : newest;
  }

  /** Takes the network's weights after an update on the last batch. */
  take(weights: Float32Array): Learned {
    if (!this.#judged) throw new RangeError('there was no batch to learn from');
    const { newest, fresh } = this.#judged;
    this.#judged = null;
    this.#updates++;
    // The average has not learned from these steps yet.
    this.#guard.add(this.#judge.evaluate(fresh), this.#frozen.evaluate(fresh));
    const good = this.#guard.isWorse ? this.#checkpoint.weights : this.#average;
    if (good === this.#average) {
      this.#judge.weights = this.#average = this.#mix(weights);
      const isGood =
        allFinite(this.#average) &&
        !this.#guard.isFarOff(this.#judge.evaluate(newest), this.#frozen.evaluate(newest));
      if (isGood) return { weights: this.#average.slice(), rolledBack: false };
    }
    this.#judge.weights = this.#average = good.slice();
    this.#guard.reset();
    this.#rollbacks++;
    return { weights: good.slice(), rolledBack: true };
  }

  #mix(weights: Float32Array): Float32Array {
    const share = 1 - this.#options.averaging;
    const average = this.#average.slice();
    for (let i = 0; i < weights.length; i++) average[i] += share * (weights[i] - average[i]);
    return average;
  }

  #drawReplay(): Batch | null {
    const { replayWindows, seed } = this.#options;
    if (!this.#replay || !replayWindows) return null;
    const next = this.#replayBatches?.next();
    if (next && !next.done) return next.value;
    const rng = createRng(seed).fork(this.#round++);
    const { fieldDropout } = this.#checkpoint.training;
    this.#replayBatches = this.#replay.batches(replayWindows, rng, { fieldDropout });
    return this.#replayBatches.next().value as Batch;
  }

  #cut({ episodes, votes }: Replay): WindowDataset {
    const { spec, statistics, model, values } = this.#checkpoint;
    const { windowLength } = this.#options;
    const cut = { windowLength, windowStride: windowLength / 2, warmUp: windowLength / 2 };
    return new WindowDataset({
      spec,
      statistics,
      continuous: model.continuous,
      linear: residualsFrom(model, values),
      ...cut,
      episodes,
      votes,
    });
  }
}

/** A network on the calling thread: in wasm where it runs, else in plain TypeScript. */
export function openNetwork(options: BackendOptions): LocalNetwork {
  try {
    return new TrainableNetwork(options);
  } catch (error) {
    if (!(error instanceof ForesightError && error.code === 'no-wasm')) throw error;
    return new ReferenceNetwork(options);
  }
}

/** A batch of one window with its newest targets alone. */
function lastTargets(batch: Batch, count: number): Batch {
  const mask = batch.mask.slice();
  let left = count;
  for (let place = mask.length - 1; place >= 0; place--)
    if (mask[place] && left-- <= 0) mask[place] = 0;
  return { ...batch, mask };
}

/** A batch with the windows of two batches of the same data. */
export function joinBatches(a: Batch, b: Batch): Batch {
  if (a.windowLength !== b.windowLength || a.featureCount !== b.featureCount)
    throw new RangeError('batches of different windows');
  const floats = (x: Float32Array, y: Float32Array): Float32Array => concat([x, y], Float32Array);
  const ints = (x: Int32Array, y: Int32Array): Int32Array => concat([x, y], Int32Array);
  return {
    batchSize: a.batchSize + b.batchSize,
    windowLength: a.windowLength,
    featureCount: a.featureCount,
    valueCount: a.valueCount,
    features: floats(a.features, b.features),
    actions: ints(a.actions, b.actions),
    timeBins: ints(a.timeBins, b.timeBins),
    values: floats(a.values, b.values),
    mask: floats(a.mask, b.mask),
    ...(a.experts && b.experts && { experts: floats(a.experts, b.experts) }),
    ...(a.timeExperts && b.timeExperts && { timeExperts: floats(a.timeExperts, b.timeExperts) }),
  };
}
