import type { Prediction } from '../predict/prediction.ts';
import type { Observation, WithSpec } from '../record/spec.ts';
import type { Rng } from '../util/rng.ts';

/** What an NPC knows when it decides. `R` are the names of its actions. */
export interface DecisionContext<R extends string = string> {
  readonly tick: number;
  /** The newest prediction, or null. A controller with a reaction time delays it itself. */
  readonly prediction: Prediction | null;
  /** What the NPC itself observes, as far as the game passes it on. */
  readonly observation?: Observation;
  /** Names of the actions it can take now; all actions of the controller when absent. */
  readonly available?: readonly R[];
}

/** Chooses an NPC's actions. `R` are their names. */
export interface Controller<R extends string = string> {
  /** Whom it plays against, if it was made for one: the predictions that it gets are about that character. */
  readonly against?: WithSpec;
  /** The name of the action to take, or null for "nothing new". */
  decide(context: DecisionContext<R>): R | null;
  /** Forgets everything about the current episode. */
  reset(): void;
}

export interface ControllerOptions {
  /** Draws its choices; give one generator to all controllers to repeat matches. One of a random seed when absent. */
  readonly rng?: Rng;
}
