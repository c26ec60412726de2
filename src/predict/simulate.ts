import type { Step } from '../record/episode.ts';
import type { PathOrigin, PathPool } from './supposed-path.ts';

/** The prediction of the next step of a path. */
export interface SimulatedStep {
  /** 1 = the step after the newest one, 2 = the one after it. */
  readonly ahead: number;
  /** [actions] probabilities; overwritten by the next step, so copy them to keep them. */
  readonly probabilities: Float32Array;
  /** Expected values of the continuous targets by field name, in the field's unit. */
  readonly values: Readonly<Record<string, number>>;
}

/** Applies the game's rules to a prediction: returns the step that would be observed; null ends the path. */
export type SimulateStep = (predicted: SimulatedStep) => Step | null;

/**
 * Continues one path from a character's last step; the game supplies each step. `rollout` keeps the last
 * value of each field that it does not predict; here the game's own rules can change it. The character
 * does not change, and nothing is learned from the steps.
 *
 * @param check throws for a step of another spec
 */
export function simulate(
  paths: PathPool,
  origin: PathOrigin,
  next: SimulateStep,
  check: (step: Step) => void,
): void {
  const path = paths.begin(origin);
  const fields = paths.network.valueFields.map(({ field }) => field.name);
  for (let ahead = 1; ; ahead++) {
    const values = Object.fromEntries(fields.map((name, i) => [name, path.values[i]]));
    const step = next({ ahead, probabilities: path.probabilities, values });
    if (!step) return;
    check(step);
    path.suppose(step);
  }
}
