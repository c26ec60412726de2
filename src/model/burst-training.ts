import type { Episode } from '../record/episode.ts';
import type { TrainingConfig } from './config.ts';
import { TRAINING_DEFAULTS } from './config.ts';

/**
 * How a burst of learning in play trains, except for its epochs: short, on little data, from weights
 * that are already good.
 *
 * Chosen by playing five made-up habits to a network that knew none of them (64 units, 8 actions,
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

/**
 * What differs for a network with experts: they learn the player at every step, so the network has
 * less to learn in play and overfits sooner. Measured on 32 sessions of eight rounds against made-up
 * and scripted players of the duel, a burst after each round (48 units, 6 contexts; log-loss in nats):
 *
 *     weights frozen                         1.204
 *     1e-3, 20 updates                       1.184
 *     1.5e-3, 10 updates, windows of 64      1.184
 *     BURST_TRAINING, 40 updates             1.207
 *     a network without experts: frozen 1.380, BURST_TRAINING 1.319
 *
 * With a burst after every eight steps of a minute of play, where the player strikes after every block,
 * the strike's final probability is 0.57 at 1e-3 and 20 updates, 0.74 to 0.82 at 2e-3 and 30, and 0.89
 * with BURST_TRAINING. The rate chosen here is between the last two.
 */
export const EXPERT_BURST: Pick<TrainingConfig, 'learningRate'> = {
  learningRate: { kind: 'constant', rate: 3e-3 },
};

export interface BurstOptions {
  /** About how many weight updates a burst makes, however many steps there are. */
  readonly updates?: number;
  /** Whether the network has n-gram experts. */
  readonly experts?: boolean;
  /** Reached on the first steps of a session. */
  readonly maxEpochs?: number;
  readonly minEpochs?: number;
}

export const BURST_DEFAULTS: Required<BurstOptions> = {
  updates: 40,
  experts: false,
  maxEpochs: 40,
  minEpochs: 3,
};

/**
 * The training config of a burst on these episodes: BURST_TRAINING (and EXPERT_BURST), overridden by
 * `training`, with as many epochs as make the wanted number of updates unless `training` sets them. A
 * fixed number of epochs would learn almost nothing from the first steps and take ever longer later.
 */
export function burstTraining(
  episodes: readonly Episode[],
  training: Partial<TrainingConfig> = {},
  options: BurstOptions = {},
): Partial<TrainingConfig> {
  const { updates, experts, maxEpochs, minEpochs } = { ...BURST_DEFAULTS, ...options };
  const config = { ...BURST_TRAINING, ...(experts && EXPERT_BURST), ...training };
  const { windowStride, batchSize } = { ...TRAINING_DEFAULTS, ...config };
  const windows = episodes.reduce((sum, { length }) => sum + Math.ceil(length / windowStride), 0);
  const batches = Math.max(1, Math.ceil(windows / batchSize));
  const epochs = Math.min(maxEpochs, Math.max(minEpochs, Math.round(updates / batches)));
  return { epochs, ...config };
}
