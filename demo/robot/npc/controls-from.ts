import type { Prediction } from '../../../src/core.ts';
import { ACTION_CONTROLS, STANDING, withinLimits } from '../rules/index.ts';
import type { Controls, RobotAction } from '../rules/index.ts';

/** Which part of a prediction drives: the predicted turn rate and speed, or the most probable action. */
export type DriveBy = 'values' | 'action';

/** Converts a prediction of the robot's driver to controls. Without one the robot stands still. */
export function controlsFrom(prediction: Prediction | null, by: DriveBy = 'values'): Controls {
  if (!prediction) return STANDING;
  if (by === 'action') return ACTION_CONTROLS[prediction.action as RobotAction];
  const { turn, speed } = prediction.values;
  return withinLimits({ turn, speed });
}
