import { stepFromMoment } from '../../../src/core.ts';
import type { Prediction, Predictor } from '../../../src/core.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import { observe } from '../rules/index.ts';
import type { Controls, RobotRun } from '../rules/index.ts';
import { controlsFrom } from './controls-from.ts';
import type { DriveBy } from './controls-from.ts';

const ROBOT = 'robot';

/** Drives a robot only by what a trained predictor expects of its driver. */
export class RobotDriver {
  readonly #predictor: Predictor;
  readonly #by: DriveBy;

  constructor(predictor: Predictor, by: DriveBy = 'values') {
    this.#predictor = predictor;
    this.#by = by;
  }

  /** The newest prediction; null before the first decision of a run. */
  get prediction(): Prediction | null {
    return this.#predictor.prediction(ROBOT);
  }

  /** Observes the robot and returns the controls until the next decision. */
  drive(run: RobotRun): Controls {
    const { tick, action } = run;
    const step = stepFromMoment(ROBOT_SPEC, { tick, action, observation: observe(run) });
    const prediction = this.#predictor.observe(ROBOT, step);
    return controlsFrom(prediction, this.#by);
  }

  /** Call it at the beginning of a run. */
  reset(): void {
    this.#predictor.reset(ROBOT);
  }
}
