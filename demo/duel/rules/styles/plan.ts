import type { DuelChoice } from '../actions.ts';

/** An action, and for how many ticks to hold it if it is one that is held. */
export interface Plan {
  readonly action: DuelChoice;
  readonly ticks?: number;
}
