import type { Step } from '../record/episode.ts';
import type { PathOrigin, PathPool } from './supposed-path.ts';

/** What is predicted of the next step of a path. */
export interface SimulatedStep {
  /** 1 = the step after the newest one, 2 = the one after it. */
  readonly ahead: number;
  /** [actions] probabilities; overwritten by the next step, so copy them to keep them. */
  readonly probabilities: Float32Array;
  /** Expected values of the continuous targets by field name, in the field's unit. */
  readonly values: Readonly<Record<string, number>>;
}

/** What the game's rules make of a predicted step: the step as it would be seen; null ends the path. */
export type SimulateStep = (predicted: SimulatedStep) => Step | null;

/**
 * Leads one path on from where a character is, step by step, each as the game says it would be: where
 * `rollOut` keeps what it does not predict as it was last, here the game's own rules move on. Nothing
 * of the character changes, and nothing is learned of the steps.
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
