import type { CharacterSpec, WithSpec } from '../record/spec.ts';
import type { ControllerOptions } from './controller.ts';
import type { DifficultyOptions } from './difficulty.ts';
import type { ExactPayoff, PayoffTable } from './payoff.ts';

/**
 * What every controller with a payoff table needs. `A` are the other's actions, `R` the NPC's replies, `P` is
 * the payoff table.
 */
export interface PayoffOptions<A extends string, R extends string, P extends PayoffTable>
  extends ControllerOptions, DifficultyOptions {
  /** Whom it plays against: a tracked character, a model, or `{ spec }`. Its tick rate is that of `delayMs` too. */
  readonly against: WithSpec<CharacterSpec<A>>;
  /** A row for each reply, with what it gains against each action. */
  readonly payoff: P & ExactPayoff<P, NoInfer<R>, NoInfer<A>>;
  /** What the NPC can play, where that is something else than the actions of `against`. */
  readonly replies?: readonly R[];
  /** A prediction older than this many ticks counts as none. */
  readonly maxAgeTicks?: number;
  /** A prediction that gives the payoff table's actions a total below this counts as none. */
  readonly minMass?: number;
}
