import type { TrainingConfig } from './config.ts';

/**
 * How a burst of learning in play trains: short, on little data, from weights that are good
 * already, with every step used.
 */
export const BURST_TRAINING: Partial<TrainingConfig> = {
  epochs: 8,
  batchSize: 8,
  windowLength: 32,
  windowStride: 24,
  warmUp: 8,
  learningRate: { kind: 'constant', rate: 3e-3 },
  dropout: 0,
  heldOutFraction: 0,
  patience: 0,
};
