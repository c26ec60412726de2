import type { DuelAction } from './actions.ts';
import { distanceOf, NO_INTENT } from './state.ts';
import type { DuelState, Intent, Side } from './state.ts';

/** Distance below which jumps chosen by name go straight up, px. */
const STRAIGHT_UP = 100;

/**
 * The controls that carry out `action` at this tick. Presses are released every second tick, so that
 * the same action after an attack starts another. Actions that only happen to a fighter have none.
 */
export function intentFor(action: DuelAction, state: DuelState, side: Side): Intent {
  const { facing, held } = state.fighters[side];
  const forward = facing === 1 ? { right: true } : { left: true };
  const back = facing === 1 ? { left: true } : { right: true };
  switch (action) {
    case 'advance':
      return { ...NO_INTENT, ...forward };
    case 'retreat':
      return { ...NO_INTENT, ...back };
    case 'block':
      return { ...NO_INTENT, block: true };
    case 'jump':
      // From arm's length a jump forward would only pass the opponent.
      return {
        ...NO_INTENT,
        ...(distanceOf(state) > STRAIGHT_UP && forward),
        jump: !held.jump,
      };
    case 'strike':
    case 'air-strike':
      return { ...NO_INTENT, strike: !held.strike };
    case 'throw':
      return { ...NO_INTENT, throw: !held.throw };
    case 'fireball':
      return { ...NO_INTENT, fireball: !held.fireball };
    case 'dash':
      return { ...NO_INTENT, dash: !held.dash };
    default:
      return NO_INTENT;
  }
}
