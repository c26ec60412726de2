import type { CharacterSpec } from '../record/spec.ts';
import type { TrainingConfig } from './config.ts';
import type { ModelConfigInput } from './resolve-config.ts';

/** Contexts of a model that begins without weights in a game. */
const CONTEXTS = 4;

/**
 * The model that a game builds when one without weights is first trained, on top of MODEL_DEFAULTS. It
 * has n-gram experts where steps are recorded at changes of action: they know the player from the first
 * steps on, long before a network alone does. At fixed ticks the last action predicts nearly as well.
 */
export const playModel = ({ sampling }: Pick<CharacterSpec, 'sampling'>): ModelConfigInput =>
  sampling.kind === 'onChange' ? { contexts: CONTEXTS } : {};

/**
 * How such a model is trained on its first steps. Measured on 15 players of the duel, made-up and
 * scripted, after 16, 40, 80, 160 and 320 steps: log-loss of the next 40 steps in nats, and the
 * milliseconds of the training on one core:
 *
 *     no experts, 40 epochs     2.966 2.734 2.372 1.965 1.571   131 138 159 201 267
 *     4 contexts, 40 epochs     2.255 1.946 1.766 1.583 1.370   173 204 243 316 455
 *     2 contexts, 40 epochs     2.121 1.935 1.780 1.630 1.409   163 174 199 268 359
 *     4 contexts, 10 epochs     2.225 1.923 1.739 1.539 1.322    61  73  89 118 186
 *     4 contexts, 5 epochs      2.253 1.918 1.727 1.547 1.323    34  42  58  78 126
 */
export const freshTraining = ({
  experts,
}: {
  readonly experts: boolean;
}): Partial<TrainingConfig> => ({
  batchSize: 4,
  windowLength: 32,
  windowStride: 24,
  warmUp: 8,
  dropout: 0.3,
  fieldDropout: 0,
  heldOutFraction: 0,
  patience: 0,
  epochs: experts ? 5 : 40,
  learningRate: { kind: 'constant', rate: 6e-3 },
});
