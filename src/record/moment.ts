import { actionIndex } from './action-index.ts';
import type { Step } from './episode.ts';
import { rowFromObservation } from './observation.ts';
import type { ActionOf, CharacterSpec, Observation, ObservationOf } from './spec.ts';

/** The action and observation of a character at a tick; `A` are the actions, `O` is an observation. */
export interface Moment<A extends string = string, O = Observation> {
  /** Whole number, never less than the one before in the same episode. */
  readonly tick: number;
  /** Name of the action. */
  readonly action: A;
  readonly observation: O;
}

/** A moment of a character of this spec. */
export type MomentOf<S extends CharacterSpec> = Moment<ActionOf<S>, ObservationOf<S>>;

/** Converts a moment to a step. Throws `unknown-action` or `bad-observation`. */
export const stepFromMoment = <S extends CharacterSpec>(
  spec: S,
  { tick, action, observation }: MomentOf<NoInfer<S>>,
): Step => ({
  tick,
  action: actionIndex(spec, action),
  values: rowFromObservation(spec, observation),
});
