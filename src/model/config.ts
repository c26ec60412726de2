import type { OptimizerConfig, UpdateRules } from '../network/update-rules.ts';

/** Which network to build. Plain JSON; also the `model` part of a config file. */
export interface ModelConfig {
  readonly cell: 'lstm' | 'gru';
  /** 1 to 3 stacked recurrent layers. */
  readonly layers: number;
  /** Hidden units of each layer, 1 to 1024. */
  readonly units: number;
  /** Columns of the learned table that replaces each one-hot block wider than itself; 0 keeps one-hot. */
  readonly embedding: number;
  /**
   * Bins of the piecewise linear encoding of each number field, which makes thresholds easy to learn. Each
   * bin is a column in addition to the value itself, and costs weights. The value's change since the last
   * step takes half as many. At most 64; 0 = the value alone.
   */
  readonly pieces: number;
  /** Bins in which the time to the next action is also predicted; 0 = it is not predicted. */
  readonly timeBins: number;
  /**
   * Contexts of the n-gram experts whose votes the network adds to its own logits, each with one expert of
   * each kind (`EXPERT_KINDS`); chosen on the training data. 0 = a network alone.
   */
  readonly contexts: number;
  /**
   * Whether a network with experts has an auxiliary head, which predicts the next action without their
   * votes. Only training uses it: what the network learns for it also serves the mixed prediction
   * (auxiliary tasks: Caruana, "Multitask Learning", 1997).
   */
  readonly unaided: boolean;
  /**
   * Hidden units of an additional feed-forward network (one layer of rectified linear units, Nair and Hinton
   * 2010) that sees the newest step alone. It is trained together with the recurrent one, and the prediction
   * is the mean of both (ensembles: Hansen and Salamon 1990). At most 1024; 0 = none.
   */
  readonly feedForward: number;
  /**
   * Steps of each player that a memory keeps, with what the player did after each, and recalls where the network
   * recognises the situation (`NeuralCache`). Training does not use it, nor do models whose steps come every n ticks: most
   * of those repeat the action before, and what is remembered would hide the changes. At most 4096; 0 = none.
   */
  readonly cache: number;
  /** Names of number fields whose next value is also predicted. A vector stands for all its numbers: `rays_0`, ... */
  readonly continuous: readonly string[];
  /**
   * What the network learns about a continuous target: its next value, by how much it changes until then,
   * or how far it will be from what a linear regression on the last few values expects. Changes suit values
   * that are sampled often, where the last value is already a good guess; residuals what moves by laws
   * that are nearly linear.
   */
  readonly valueTarget: 'level' | 'change' | 'residual';
}

export const MODEL_DEFAULTS: ModelConfig = {
  cell: 'lstm',
  layers: 1,
  units: 64,
  embedding: 12,
  pieces: 0,
  timeBins: 16,
  contexts: 0,
  unaided: false,
  feedForward: 0,
  cache: 0,
  continuous: [],
  valueTarget: 'level',
};

export const ADAM_DEFAULTS: Extract<OptimizerConfig, { kind: 'adam' }> = {
  kind: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};

export const SGD_DEFAULTS: Extract<OptimizerConfig, { kind: 'sgd' }> = {
  kind: 'sgd',
  momentum: 0.9,
};

/** Learning rate over a run; `progress` runs from 0 at the first batch to 1 at the last. */
export type LearningRateConfig =
  | { readonly kind: 'constant'; readonly rate: number }
  /** Multiplied by `factor` every `epochs` epochs. */
  | {
      readonly kind: 'step';
      readonly rate: number;
      readonly factor: number;
      readonly epochs: number;
    }
  /** Half a cosine from `rate` down to `floor`, after a linear warm-up over `warmUp` of the run. */
  | {
      readonly kind: 'cosine';
      readonly rate: number;
      readonly floor: number;
      readonly warmUp: number;
    };

export const LEARNING_RATE_DEFAULTS: {
  readonly [Kind in LearningRateConfig['kind']]: Extract<LearningRateConfig, { kind: Kind }>;
} = {
  constant: { kind: 'constant', rate: 2e-3 },
  step: { kind: 'step', rate: 4e-3, factor: 0.5, epochs: 10 },
  cosine: { kind: 'cosine', rate: 1e-2, floor: 3e-4, warmUp: 0.05 },
};

/** How to train. Plain JSON; also the `training` part of a config file. */
export interface TrainingConfig extends UpdateRules {
  readonly epochs: number;
  readonly batchSize: number;
  /** T, steps of a window. */
  readonly windowLength: number;
  /** Steps between the starts of two windows. */
  readonly windowStride: number;
  /** First steps of a window that only warm up the hidden state and are not targets, unless the episode begins there. */
  readonly warmUp: number;
  readonly learningRate: LearningRateConfig;
  /** Share of the observation fields that is left out of each whole window while training, in [0, 1). */
  readonly fieldDropout: number;
  /** Share of the training sessions held out to choose the best epoch; 0 = none. */
  readonly heldOutFraction: number;
  /** Stop after this many epochs without a better held-out loss; 0 = never. The best weights are kept. */
  readonly patience: number;
}

/**
 * Chosen on recordings of 13 games between fighters, by games left out of training: many small
 * updates and dropped fields matter most (log-loss 2.56 nats with batches of 32 and windows of
 * 64, 1.99 with 8 and 32, 1.89 with embeddings and dropped fields as well).
 */
export const TRAINING_DEFAULTS: TrainingConfig = {
  epochs: 24,
  batchSize: 8,
  windowLength: 32,
  windowStride: 24,
  warmUp: 8,
  optimizer: ADAM_DEFAULTS,
  learningRate: LEARNING_RATE_DEFAULTS.cosine,
  l1: 0,
  l2: 0,
  dropout: 0.2,
  fieldDropout: 0.4,
  clipNorm: 1,
  lossWeights: { action: 1, time: 0.2, values: 1, unaided: 1 },
  heldOutFraction: 0.1,
  patience: 6,
  seed: 1,
};
