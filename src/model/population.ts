import type { ModelConfig } from './config.ts';
import type { TrainingConfigInput } from './resolve-config.ts';

/**
 * The model that `foresight train` builds by default: a network on top of n-gram experts, for recordings
 * of many people. In play, with little data and little time, use MODEL_DEFAULTS and TRAINING_DEFAULTS.
 *
 * Chosen by cross-validation by game on 24 recordings of fighters (log-loss on games left out, weights
 * frozen, in nats; each half of the games by the other one):
 *
 *     64 units, dropout 0.3, field dropout 0.1         1.572
 *     96 units                                         1.572
 *     dropout 0.2                                      1.572
 *     96 units, dropout 0.5, field dropout 0.1         1.573
 *     96 units, dropout 0.5, field dropout 0.3         1.579
 *     and two experts for each context, without `recent` and without recent gains          1.588
 *
 * Weight decay of 0.01 changed nothing on the test split (1.527 nats either way). Separate counts for
 * players of the same character made the mixed experts better by 0.002 nats, each game left out in turn.
 * 15 contexts are no better than 10 (one half: 1.557 and 1.556), nor is the mean of two such networks
 * (1.579, like each of them).
 *
 * Pieces and the auxiliary head came later (a quarter of the games by the others): 1.513 with pieces, 1.504
 * with the auxiliary head and dropout 0.2 as well; each game by all others, 1.484 and 1.481. With an additional
 * feed-forward network of 128 units 1.487; each game by all others, 1.463. More dropout in it (0.4) or
 * everywhere (0.3) changed that by less than 0.001; two networks of the same kind, or one taught by two,
 * gained 0.003 or nothing.
 *
 * 20 epochs are as good as 30, with the learning rate falling over all of them, in two thirds of the time. On a fifth of
 * the sessions, seed 1: Melee 1.496 instead of 1.498 nats, rock-paper-scissors 0.831 instead of 0.830.
 */
export const POPULATION_MODEL: Partial<ModelConfig> = {
  contexts: 10,
  units: 64,
  pieces: 16,
  unaided: true,
  feedForward: 128,
  cache: 512,
};

/** Windows of the population's training. The three belong together. */
const WINDOWS = { windowLength: 64, windowStride: 32, warmUp: 32 } as const;

export const POPULATION_TRAINING: TrainingConfigInput = {
  ...WINDOWS,
  epochs: 20,
  batchSize: 8,
  learningRate: { kind: 'cosine', rate: 4e-3, floor: 1e-5, warmUp: 0.1 },
  dropout: 0.2,
  fieldDropout: 0.1,
  lossWeights: { time: 0.3 },
  // Train on every session: the sessions set aside for the test measure the result.
  heldOutFraction: 0,
  patience: 0,
};

/** POPULATION_TRAINING overridden by `training`. Windows of another length have their own default overlap. */
export function populationTraining(training: TrainingConfigInput = {}): TrainingConfigInput {
  const ownWindows = Object.keys(WINDOWS).some((key) => Object.hasOwn(training, key));
  const windows = ownWindows && {
    windowLength: undefined,
    windowStride: undefined,
    warmUp: undefined,
  };
  return { ...POPULATION_TRAINING, ...windows, ...training };
}
