import { defineSpec } from '../../src/core.ts';
import { DECISION_TICKS, ROBOT_ACTIONS, ROBOT_OBSERVATION, TICK_RATE } from './rules/index.ts';

/** Key of the robot's model in the plugin. */
export const ROBOT_MODEL = 'robot';

/**
 * What is recorded of a robot: what it senses, and the controls that go on at that moment. Those at
 * the next step are the answer to what it senses now, so what is predicted is what to do.
 */
export const ROBOT_SPEC = defineSpec({
  name: 'robot',
  tickRate: TICK_RATE,
  sampling: { kind: 'everyTicks', ticks: DECISION_TICKS },
  observation: ROBOT_OBSERVATION,
  action: ROBOT_ACTIONS,
});
