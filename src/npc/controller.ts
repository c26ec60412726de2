import type { Prediction } from '../predict/prediction.ts';
import type { Observation } from '../record/spec.ts';
import type { Rng } from '../util/rng.ts';

/** What an NPC knows when it decides. */
export interface DecisionContext {
  readonly tick: number;
  /** The newest prediction, or null. A controller with a reaction time delays it itself. */
  readonly prediction: Prediction | null;
  /** What the NPC itself observes, as far as the game passes it on. */
  readonly observation?: Observation;
  /** Names of the actions it can take now; all actions of the controller when absent. */
  readonly available?: readonly string[];
}

/** Chooses an NPC's actions. */
export interface Controller {
  /** The name of the action to take, or null for "nothing new". */
  decide(context: DecisionContext): string | null;
  /** Forgets everything about the current episode. */
  reset(): void;
}

/** payoff[reply][action]: what the NPC gains, in the game's own unit, when it plays `reply` and the other plays `action`. */
export type PayoffTable = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The same random source for all controllers, so that matches can be repeated. */
export interface ControllerOptions {
  readonly rng: Rng;
}
