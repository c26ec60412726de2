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

/** Learning during play: gentle, since the pretrained model can predict driving already. */
export const DRIVE_LEARNING = { everySteps: 20, rate: 5e-4, dropout: 0.05 } as const;
