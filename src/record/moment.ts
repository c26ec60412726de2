import { actionIndex } from './action-index.ts';
import type { Step } from './episode.ts';
import { rowFromObservation } from './observation.ts';
import type { CharacterSpec, Observation } from './spec.ts';

/** The action and observation of a character at a tick. */
export interface Moment {
  /** Whole number, never less than the one before in the same episode. */
  readonly tick: number;
  /** Name of the action. */
  readonly action: string;
  readonly observation: Observation;
}

/** Converts a moment to a step. Throws `unknown-action` or `bad-observation`. */
export const stepFromMoment = (
  spec: CharacterSpec,
  { tick, action, observation }: Moment,
): Step => ({
  tick,
  action: actionIndex(spec, action),
  values: rowFromObservation(spec, observation),
});
