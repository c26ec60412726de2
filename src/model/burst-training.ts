import type { Episode } from '../record/episode.ts';
import type { TrainingConfig } from './config.ts';
import { TRAINING_DEFAULTS } from './config.ts';

/**
 * How a burst of learning in play trains, but for its epochs: short, on little data, from weights
 * that are good already.
 *
 * Chosen by playing five made-up habits to a network that knew nothing of them (64 units, 8 actions,
 * 120 actions each); share guessed right in actions 1-20, 21-40, 41-80, 81-120, means over habits:
 *
 *     this, 40 updates every 8 actions            34 67 68 73 %
 *     without dropout                             31 68 63 69, and its log-loss above chance
 *     rate 9e-3, without dropout                  30 55 65 67
 *     60 updates every 12 actions, no dropout     32 70 64 70
 *     8 epochs (few updates early), batches of 8  22 36 38 63
 *     n-gram 2, learning at every action          42 59 60 61
 */
export const BURST_TRAINING: Omit<Partial<TrainingConfig>, 'epochs'> = {
  batchSize: 4,
  windowLength: 32,
  windowStride: 24,
  warmUp: 8,
  learningRate: { kind: 'constant', rate: 4e-3 },
  dropout: 0.3,
  fieldDropout: 0,
  heldOutFraction: 0,
  patience: 0,
};

export interface BurstOptions {
  /** About how many weight updates a burst makes, however many steps there are. */
  readonly updates?: number;
  /** Most epochs, for the first steps of a session; and fewest. */
  readonly maxEpochs?: number;
  readonly minEpochs?: number;
}

export const BURST_DEFAULTS: Required<BurstOptions> = { updates: 40, maxEpochs: 40, minEpochs: 3 };

/**
 * The training config of a burst on these episodes: BURST_TRAINING and `training` over it, with as
 * many epochs as make the wanted number of updates, unless `training` says how many. A fixed number
 * of epochs would learn next to nothing from the first steps and take ever longer later.
 */
export function burstTraining(
  episodes: readonly Episode[],
  training: Partial<TrainingConfig> = {},
  options: BurstOptions = {},
): Partial<TrainingConfig> {
  const { updates, maxEpochs, minEpochs } = { ...BURST_DEFAULTS, ...options };
  const config = { ...BURST_TRAINING, ...training };
  const { windowStride, batchSize } = { ...TRAINING_DEFAULTS, ...config };
  const windows = episodes.reduce((sum, { length }) => sum + Math.ceil(length / windowStride), 0);
  const batches = Math.max(1, Math.ceil(windows / batchSize));
  const epochs = Math.min(maxEpochs, Math.max(minEpochs, Math.round(updates / batches)));
  return { epochs, ...config };
}
