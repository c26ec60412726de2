import { ATTACKS, MOTION } from './actions.ts';
import { canAct, committedTicks, isActive, isAirborne } from './fighter.ts';
import { isComing } from './fireballs.ts';
import { intentFor } from './intent.ts';
import { distanceOf, isDown, NO_INTENT, otherSide } from './state.ts';
import type { DuelState, Fighter, Intent, Side } from './state.ts';

/** People need about a quarter of a second to react to what they see. */
export const REACTION_TICKS = 14;

/** Distance from which a fighter guards against a fireball, px. */
const GUARD_FIREBALL = 70;

/** Height of the feet `ticks` from now if nothing happens, px. */
function heightIn(fighter: Fighter, ticks: number): number {
  const { height, rise } = fighter;
  return Math.max(0, height + rise * ticks - (MOTION.gravity * ticks * (ticks - 1)) / 2);
}

/** True when a strike begun now hits the opponent's jump before the opponent's strike reaches down. */
export function meetsJump(state: DuelState, side: Side): boolean {
  const self = state.fighters[side];
  const other = state.fighters[otherSide(side)];
  if (!isAirborne(other)) return false;
  const { startup, active, range } = ATTACKS.strike;
  for (let tick = startup; tick < startup + active; tick++) {
    const height = heightIn(other, tick);
    const gap = (other.x + other.speed * tick - self.x) * self.facing;
    const reached = gap <= range && gap >= -MOTION.reachBehind;
    if (reached && height > 0 && height <= MOTION.strikeReachUp) return true;
  }
  return false;
}

/** True when a strike begun now hits the opponent before the opponent can act. */
export function isOpen(state: DuelState, side: Side): boolean {
  const other = state.fighters[otherSide(side)];
  const inReach = distanceOf(state) <= ATTACKS.strike.range - 4;
  const late = committedTicks(other) > ATTACKS.strike.startup;
  return inReach && late && !isDown(other) && !isActive(other) && !isAirborne(other);
}

/**
 * The controls of a fighter without a plan who sees the opponent's actions a reaction time after they
 * begin: punishes an opponent who cannot act, strikes at a jump, guards against attacks.
 */
export function followUp(state: DuelState, side: Side): Intent {
  const self = state.fighters[side];
  const other = state.fighters[otherSide(side)];
  if (isAirborne(self)) return inAir(state, side);
  if (!canAct(self)) return NO_INTENT;
  // A stunned opponent was hit by this fighter, who needs no time to notice it.
  const seen = other.stun > 0 || other.since >= REACTION_TICKS;
  if (seen && (isOpen(state, side) || meetsJump(state, side)))
    return intentFor('strike', state, side);
  const threat = other.action === 'strike' || other.action === 'air-strike' || isAirborne(other);
  const near = distanceOf(state) <= ATTACKS.strike.range + 40;
  const fireball = state.fireballs.some(
    (ball) => isComing(ball, state, side) && Math.abs(ball.x - self.x) <= GUARD_FIREBALL,
  );
  return (seen && threat && near) || fireball ? intentFor('block', state, side) : NO_INTENT;
}

/** In the air: strikes as soon as the strike reaches the opponent. */
function inAir(state: DuelState, side: Side): Intent {
  const self = state.fighters[side];
  const other = state.fighters[otherSide(side)];
  const { startup, range } = ATTACKS['air-strike'];
  const reached = Math.abs(heightIn(self, startup) - other.height) < MOTION.airStrikeReach;
  return self.rise < 0 && reached && distanceOf(state) < range
    ? intentFor('air-strike', state, side)
    : NO_INTENT;
}
