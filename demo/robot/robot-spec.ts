import { defineSpec } from '../../src/core.ts';
import { DECISION_TICKS, ROBOT_ACTIONS, ROBOT_OBSERVATION, TICK_RATE } from './rules/index.ts';

/**
 * What is recorded of a robot: the readings of its sensors, and its controls at that moment. The
 * controls of the next step answer these readings, so that a prediction is what to do.
 */
export const ROBOT_SPEC = defineSpec({
  name: 'robot',
  tickRate: TICK_RATE,
  sampling: { kind: 'everyTicks', ticks: DECISION_TICKS },
  observation: ROBOT_OBSERVATION,
  action: ROBOT_ACTIONS,
});
