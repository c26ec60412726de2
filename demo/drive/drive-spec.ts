import { defineSpec } from '../../src/core.ts';
import type { ModelConfig } from '../../src/core.ts';
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
