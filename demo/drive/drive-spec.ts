import { defineSpec } from '../../src/core.ts';
import type { ModelConfig, TrainingConfig } from '../../src/core.ts';
import { DECISION_TICKS, DRIVE_ACTIONS, DRIVE_OBSERVATION, TICK_RATE } from './rules/index.ts';

/** Key of the drive's model in the plugin. */
export const DRIVE_MODEL = 'driver';

/** What is recorded of a driver and predicted about him: six decisions a second. */
export const DRIVE_SPEC = defineSpec({
  name: 'driver',
  tickRate: TICK_RATE,
  sampling: { kind: 'everyTicks', ticks: DECISION_TICKS },
  observation: DRIVE_OBSERVATION,
  action: DRIVE_ACTIONS,
});

/** The network that learns it: next to the named action it says how far wheel and pedal will be moved. */
export const DRIVE_NETWORK: Partial<ModelConfig> = {
  units: 64,
  timeBins: 0,
  continuous: ['steering', 'throttle'],
};

/** How much the named action, and wheel and pedal, count while it learns. */
export const DRIVE_LOSS_WEIGHTS: TrainingConfig['lossWeights'] = {
  action: 0.3,
  time: 0,
  values: 1,
  unaided: 0,
};

/** How it learns along in play: gently, since it knows how to drive already. */
export const DRIVE_LEARNING = {
  everySteps: 60,
  minSteps: 60,
  training: {
    batchSize: 8,
    windowLength: 64,
    windowStride: 48,
    warmUp: 16,
    dropout: 0.05,
    learningRate: { kind: 'constant', rate: 5e-4 },
    lossWeights: DRIVE_LOSS_WEIGHTS,
  },
} as const;
