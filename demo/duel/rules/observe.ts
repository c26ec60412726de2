import { DUEL_ACTIONS, MOTION, STAGE } from './actions.ts';
import { isAirborne } from './fighter.ts';
import { isComing } from './fireballs.ts';
import { distanceOf, otherSide, OUTCOMES } from './state.ts';
import type { DuelState, Side } from './state.ts';

/** What a player can see and act on, field by field, in this order. Plain data. */
export const DUEL_OBSERVATION = [
  { kind: 'number', name: 'distance', min: 0, max: STAGE.width, unit: 'px' },
  { kind: 'number', name: 'health', min: 0, max: 100, unit: 'points' },
  { kind: 'number', name: 'opponentHealth', min: 0, max: 100, unit: 'points' },
  { kind: 'category', name: 'opponentAction', categories: DUEL_ACTIONS },
  { kind: 'number', name: 'opponentActionTicks', min: 0, max: 120, unit: 'ticks' },
  { kind: 'category', name: 'outcome', categories: OUTCOMES },
  { kind: 'number', name: 'roomBehind', min: 0, max: STAGE.width, unit: 'px' },
  { kind: 'boolean', name: 'airborne' },
  { kind: 'boolean', name: 'opponentAirborne' },
  { kind: 'number', name: 'fireballDistance', min: 0, max: STAGE.width, unit: 'px' },
  { kind: 'number', name: 'secondsLeft', min: 0, max: 60, unit: 's' },
  { kind: 'number', name: 'lead', min: -9, max: 9, unit: 'rounds' },
] as const;

export type DuelObservation = {
  readonly [F in (typeof DUEL_OBSERVATION)[number] as F['name']]: F extends { kind: 'category' }
    ? F['categories'][number]
    : F extends { kind: 'boolean' }
      ? boolean
      : number;
};

/** What the fighter on `side` sees at this tick. `fireballDistance` is the stage's width when none comes. */
export function observe(state: DuelState, side: Side): DuelObservation {
  const self = state.fighters[side];
  const opponent = state.fighters[otherSide(side)];
  const coming = state.fireballs.filter((ball) => isComing(ball, state, side));
  return {
    distance: distanceOf(state),
    health: self.health,
    opponentHealth: opponent.health,
    opponentAction: opponent.action,
    opponentActionTicks: Math.min(120, opponent.since),
    outcome: self.outcome,
    roomBehind: self.facing === 1 ? self.x - MOTION.wall : STAGE.width - MOTION.wall - self.x,
    airborne: isAirborne(self),
    opponentAirborne: isAirborne(opponent),
    fireballDistance: Math.min(STAGE.width, ...coming.map((ball) => Math.abs(ball.x - self.x))),
    secondsLeft: state.phase === 'fight' ? Math.min(60, state.phaseTicks / 60) : 0,
    lead: Math.max(-9, Math.min(9, state.wins[side] - state.wins[otherSide(side)])),
  };
}
