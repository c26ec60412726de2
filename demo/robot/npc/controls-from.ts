import type { Prediction } from '../../../src/core.ts';
import { ACTION_CONTROLS, STANDING, withinLimits } from '../rules/index.ts';
import type { Controls, RobotAction } from '../rules/index.ts';

/** What of a prediction is carried out: the predicted turn rate and speed, or the most probable action. */
export type DriveBy = 'values' | 'action';

/** A prediction of what the robot's driver does next, as controls. Stands still without one. */
export function controlsFrom(prediction: Prediction | null, by: DriveBy = 'values'): Controls {
  if (!prediction) return STANDING;
  if (by === 'action') return ACTION_CONTROLS[prediction.action as RobotAction];
  const { turn, speed } = prediction.values;
  return withinLimits({ turn, speed });
}
