import type { Batch } from '../dataset/batch.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { WindowDataset } from '../dataset/windows.ts';
import { TrainableNetwork as ReferenceNetwork } from '../kernels/reference/trainable-network.ts';
import { TrainableNetwork } from '../kernels/wasm/trainable-network.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import { concat } from '../util/concat.ts';
import { ForesightError } from '../util/error.ts';
import { createRng } from '../util/rng.ts';
import type { LocalNetwork } from './local-backend.ts';
import type { Replay } from './replay.ts';

export interface OnlineOptions {
  /** Learning rate of each small update. */
  readonly rate?: number;
  /** Windows of older sessions in each update, in addition to the newest window. */
  readonly replayWindows?: number;
  /** Steps of a window. */
  readonly windowLength?: number;
  readonly dropout?: number;
  /**
   * Share, in [0, 1), that the running average of the weights keeps of itself at each update. The average
   * predicts, while the weights themselves continue to learn (Polyak and Juditsky 1992). 0 = no average.
   */
  readonly averaging?: number;
  readonly seed?: number;
}

/**
 * Averaging was compared on quarters of the games of 24 recordings of fighters, by models of the others.
 * Log-loss in nats with 0 and 0.97: 1.462 and 1.450, 1.502 and 1.499, and on one with short games, where
 * an average lags behind, 1.255 and 1.265. Hence 0.95.
 */
export const ONLINE_DEFAULTS: Required<OnlineOptions> = {
  rate: 1.5e-3,
  replayWindows: 8,
  windowLength: 64,
  dropout: 0.1,
  averaging: 0.95,
  seed: 1,
};

/**
 * Continues to train a checkpoint's network while it is in use: one small update at a time, on the
 * newest steps and, against forgetting, on windows of older sessions. Works on the calling thread: in
 * play that is the worker's; an evaluation waits for it.
 */
export class OnlineLearner {
  readonly #checkpoint: Checkpoint;
  readonly #options: Required<OnlineOptions>;
  readonly #network: LocalNetwork;
  readonly #replay: WindowDataset | null;
  /** Running average of the weights, flat. */
  readonly #average: Float32Array;
  #replayBatches: Generator<Batch> | null = null;
  #round = 0;

  constructor(checkpoint: Checkpoint, replay: Replay, options: OnlineOptions = {}) {
    this.#checkpoint = checkpoint;
    this.#options = { ...ONLINE_DEFAULTS, ...options };
    const { dropout, seed } = this.#options;
    const { shape, weights } = checkpoint;
    this.#average = weights.slice();
    this.#network = openNetwork({
      shape,
      weights,
      training: { ...checkpoint.training, dropout, seed },
    });
    this.#replay = replay.episodes.some(({ length }) => length > 1) ? this.#cut(replay) : null;
  }

  /** Newest steps that an update reads. */
  get windowLength(): number {
    return this.#options.windowLength;
  }

  /** Makes one update on the last window of an episode so far. Returns a copy of the averaged weights. */
  update(episode: Episode, votes?: ExpertVotes): Float32Array {
    const newest = this.#cut({ episodes: [episode], votes: votes && new Map([[episode, votes]]) });
    const [batch] = newest.batches(newest.count);
    const old = this.#drawReplay();
    this.#network.step(old ? joinBatches(batch, old) : batch, this.#options.rate);
    const { weights } = this.#network;
    const share = 1 - this.#options.averaging;
    for (let i = 0; i < weights.length; i++)
      this.#average[i] += share * (weights[i] - this.#average[i]);
    return this.#average.slice();
  }

  #drawReplay(): Batch | null {
    const { replayWindows, seed } = this.#options;
    if (!this.#replay || !replayWindows) return null;
    const next = this.#replayBatches?.next();
    if (next && !next.done) return next.value;
    const rng = createRng(seed).fork(this.#round++);
    this.#replayBatches = this.#replay.batches(
      replayWindows,
      rng,
      this.#checkpoint.training.fieldDropout,
    );
    return this.#replayBatches.next().value as Batch;
  }

  #cut({ episodes, votes }: Replay): WindowDataset {
    const { spec, statistics, model } = this.#checkpoint;
    const { windowLength } = this.#options;
    const cut = { windowLength, windowStride: windowLength / 2, warmUp: windowLength / 2 };
    return new WindowDataset({
      spec,
      statistics,
      continuous: model.continuous,
      ...cut,
      episodes,
      votes,
    });
  }
}

/** A wasm network where it runs, else one in plain TypeScript. */
function openNetwork(options: ConstructorParameters<typeof TrainableNetwork>[0]): LocalNetwork {
  try {
    return new TrainableNetwork(options);
  } catch (error) {
    if (!(error instanceof ForesightError && error.code === 'no-wasm')) throw error;
    return new ReferenceNetwork(options);
  }
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
