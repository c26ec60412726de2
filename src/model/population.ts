import type { ModelConfig } from './config.ts';
import type { TrainingConfigInput } from './resolve-config.ts';

/**
 * What `foresight train` builds and how, unless told otherwise: a network on top of n-gram experts, for
 * recordings of many people. In play, where data are few and time is short, MODEL_DEFAULTS and
 * TRAINING_DEFAULTS serve.
 *
 * Chosen by cross-validation by game on 24 recordings of fighters (log-loss on games left out, network
 * frozen, in nats; the first two of six folds):
 *
 *     this, 10 contexts                                1.578
 *     7 contexts                                       1.584
 *     7 contexts, 64 units, dropout 0.4, 20 epochs     1.588
 *     and windows that overlap by 16 steps, not by 32  1.592
 *     and the gate blind to the experts' matches       1.602
 */
export const POPULATION_MODEL: Partial<ModelConfig> = { contexts: 10, units: 96 };

/** Windows of the population's training; as a whole or not at all. */
const WINDOWS = { windowLength: 64, windowStride: 32, warmUp: 32 } as const;

export const POPULATION_TRAINING: TrainingConfigInput = {
  ...WINDOWS,
  epochs: 30,
  batchSize: 8,
  optimizer: { kind: 'adam', weightDecay: 0.01 },
  learningRate: { kind: 'cosine', rate: 4e-3, floor: 1e-5, warmUp: 0.1 },
  dropout: 0.5,
  fieldDropout: 0.3,
  lossWeights: { time: 0.3 },
  // Every session teaches; how well is measured on those set aside for the test.
  heldOutFraction: 0,
  patience: 0,
};

/** POPULATION_TRAINING with `training` laid over it; windows of another length keep their own overlap. */
export function populationTraining(training: TrainingConfigInput = {}): TrainingConfigInput {
  const ownWindows = Object.keys(WINDOWS).some((key) => Object.hasOwn(training, key));
  const windows = ownWindows && {
    windowLength: undefined,
    windowStride: undefined,
    warmUp: undefined,
  };
  return { ...POPULATION_TRAINING, ...windows, ...training };
}
