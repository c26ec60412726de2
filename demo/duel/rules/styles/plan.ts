import type { DuelChoice } from '../actions.ts';

/** What to do, and for how many ticks where it is something that is held. */
export interface Plan {
  readonly action: DuelChoice;
  readonly ticks?: number;
}
