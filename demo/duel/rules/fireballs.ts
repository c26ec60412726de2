import { ATTACKS, MOTION, STAGE } from './actions.ts';
import { isActive } from './fighter.ts';
import { isDown, otherSide } from './state.ts';
import type { DuelEvent, DuelState, Fighter, Fireball, Side } from './state.ts';
import type { Landing } from './contact.ts';

const SIDES = [0, 1] as const;
/** A fireball hits a body at this distance from its centre, px. */
const BODY = ATTACKS.fireball.range;
/** Distance at which two fireballs cancel each other, px. */
const CLASH = 20;

/** True while a fireball of this side flies: each fighter has at most one. */
export const hasFireball = (state: DuelState, side: Side): boolean =>
  state.fireballs.some(({ owner }) => owner === side);

/** True while a fireball flies towards this side's fighter. */
export const isComing = (ball: Fireball, state: DuelState, side: Side): boolean =>
  ball.owner !== side && (state.fighters[side].x - ball.x) * ball.direction > -BODY;

/** Launches fireballs whose start-up ends at this tick. */
export function launchFireballs(state: DuelState, events: DuelEvent[]): void {
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    if (fighter.action !== 'fireball' || !isActive(fighter)) continue;
    fighter.spent = true;
    const x = fighter.x + fighter.facing * MOTION.fireballHands;
    state.fireballs.push({ x, direction: fighter.facing, owner: side, slipped: false });
    events.push({ kind: 'fireball', side });
  }
}

/** Moves the fireballs and removes spent ones. Returns those that land. */
export function moveFireballs(state: DuelState): Landing[] {
  const landings: Landing[] = [];
  const { fireballs } = state;
  for (const ball of fireballs) ball.x += ball.direction * MOTION.fireballSpeed;
  const gone = new Set(fireballs.filter(({ x }) => x < 0 || x > STAGE.width));
  for (const a of fireballs)
    for (const b of fireballs)
      if (a.owner !== b.owner && Math.abs(a.x - b.x) < CLASH) gone.add(a).add(b);
  for (const ball of fireballs) {
    const target = state.fighters[otherSide(ball.owner)];
    if (gone.has(ball) || Math.abs(ball.x - target.x) >= BODY) continue;
    // A dash into a fireball passes it, even if the dash ends inside.
    if (target.action === 'dash') ball.slipped = true;
    if (ball.slipped || flies(target) || isDown(target)) continue;
    gone.add(ball);
    landings.push({ side: ball.owner, action: 'fireball' });
  }
  if (gone.size) state.fireballs = fireballs.filter((ball) => !gone.has(ball));
  return landings;
}

const flies = (fighter: Fighter): boolean => fighter.height > MOTION.fireballClears;
