import type { Step } from '../record/episode.ts';
import { checkStep } from './check-step.ts';
import type { Predictor } from './predictor.ts';
import { PathPool } from './supposed-path.ts';

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
 * Simulates steps after a character's last one with the game's own rules: `next` gets the prediction of the
 * coming step and returns that step; null ends the simulation. `rollout` keeps the last value of each field
 * that it does not predict; here the game's rules can change it. `next` is not called before the first step
 * of an episode. The character does not change, and nothing is learned from the steps. Each costs one prediction.
 *
 * Throws `unknown-action` and `bad-observation` for a step of another spec. `next` must not pass this
 * predictor to `rollout`, `simulate` or `likelySequence`.
 */
export function simulate(predictor: Predictor, character: string, next: SimulateStep): void {
  const followed = predictor.followed(character);
  if (!followed) return;
  const { network } = followed;
  const path = PathPool.of(network).begin(followed);
  const fields = network.valueFields.map(({ field }) => field.name);
  for (let ahead = 1; ; ahead++) {
    const values = Object.fromEntries(fields.map((name, i) => [name, path.values[i]]));
    const step = next({ ahead, probabilities: path.probabilities, values });
    if (!step) return;
    checkStep(network.checkpoint, character, step);
    path.suppose(step);
  }
}
