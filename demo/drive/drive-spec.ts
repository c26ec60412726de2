import { defineSpec } from '../../src/core.ts';
import type { ModelConfig, TrainingConfig, Types } from '../../src/core.ts';
import { DECISION_TICKS, DRIVE_ACTIONS, DRIVE_OBSERVATION, TICK_RATE } from './rules/index.ts';

/** Some of the names are computed, so they are unknown before it runs. */
const FIELDS: readonly Types.ObservationField[] = DRIVE_OBSERVATION;

/** What is recorded of a driver and predicted: six decisions a second. */
export const DRIVE_SPEC = defineSpec({
  name: 'driver',
  tickRate: TICK_RATE,
  sampling: { kind: 'everyTicks', ticks: DECISION_TICKS },
  observation: FIELDS,
  action: DRIVE_ACTIONS,
});

/** The network: in addition to the named action it predicts the positions of steering and pedals. */
export const DRIVE_NETWORK: Partial<ModelConfig> = {
  units: 64,
  timeBins: 0,
  continuous: ['steering', 'throttle'],
};

/** Weights of the named action, of the steering and of the pedals in the loss. */
export const DRIVE_LOSS_WEIGHTS: TrainingConfig['lossWeights'] = {
  action: 0.3,
  time: 0,
  values: 1,
  unaided: 0,
};

/**
 * Learning during play: gentle, since the pretrained model can predict driving already. Error one second ahead after a
 * minute, of eight drivers, compared with frozen weights: every 20 steps at 5e-4 with dropout 0.05 8 % lower, every 3
 * at 6e-4 averaged by 0.985 16 %, without dropout 21 %; every 2 at 4e-4 with dropout 0.1 3 %.
 */
export const DRIVE_LEARNING = {
  everySteps: 3,
  rate: 6e-4,
  dropout: 0,
  averaging: 0.985,
} as const;
