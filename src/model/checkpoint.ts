import type { EncoderStatistics } from '../dataset/statistics.ts';
import type { ValueTable } from '../dataset/value-table.ts';
import type { CategoryContext } from '../experts/category-ngram.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { ModelConfig, TrainingConfig } from './config.ts';
import type { NetworkShape } from '../network/shape.ts';

/** Held-out figures of a training run; log-loss in nats, shares in [0, 1]. Absent where not measured. */
export interface CheckpointMetrics {
  readonly epochs: number;
  readonly loss: number;
  readonly heldOutLoss?: number;
  readonly heldOutLogLoss?: number;
  readonly heldOutTop1?: number;
  readonly values?: ValueMetrics;
}

/** The errors of the predictions of continuous targets. */
export interface ValueMetrics {
  /** Measured on the sessions that chose the epoch or, where there were none, on training data, which gives smaller errors. */
  readonly from: 'held-out' | 'training';
  /** Root of the mean squared error of each target, in the field's unit; > 0. */
  readonly deviations: Readonly<Record<string, number>>;
}

/** What a model learned from, so that evaluation can leave it out and fit baselines on it. */
export interface TrainedOn {
  /** Sessions whose steps had an influence on weights, statistics or the choice of the best epoch. */
  readonly sessions: readonly string[];
  readonly episodes: number;
  readonly steps: number;
  /** Names of the files, where there were any. */
  readonly files: readonly string[];
  /** Action sequences of those episodes, to fit baselines on. Empty when left out for size or privacy. */
  readonly actions: readonly Uint16Array[];
  /** What the n-gram model that also sees a category learns from; absent where there is nothing like it. */
  readonly category?: TrainedCategory;
}

/** The newest steps of the training data, with the category of the observation that predicts the next action best. */
export interface TrainedCategory {
  /** Which category, chosen on that data. */
  readonly context: CategoryContext;
  /** Action + number of actions * category of each step, one array for each episode; see `pairOf`. */
  readonly pairs: readonly Uint16Array[];
}

/** A self-sufficient model: weights and everything that is needed to use them. */
export interface Checkpoint {
  readonly spec: CharacterSpec;
  readonly model: ModelConfig;
  readonly training: TrainingConfig;
  readonly statistics: EncoderStatistics;
  readonly shape: NetworkShape;
  /** Flat, in the order of `parameterLayout(shape)`. */
  readonly weights: Float32Array;
  readonly metrics: CheckpointMetrics;
  /** What the population's experts learned from; only for networks with experts. */
  readonly experts?: ExpertTable;
  /** What is known of continuous targets besides the network; absent without any, and in older files. */
  readonly values?: ValueTable;
  readonly trainedOn: TrainedOn;
}
