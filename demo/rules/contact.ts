import { ATTACKS, MOTION, STAGE } from './actions.ts';
import type { AttackAction } from './actions.ts';
import { begin, isActive, isAirborne } from './fighter.ts';
import { otherSide } from './state.ts';
import type { DuelEvent, DuelState, Fighter, Side } from './state.ts';

const SIDES = [0, 1] as const;

/** Fireballs leave the hands at the tick their start-up ends. */
export function launchFireballs(state: DuelState, events: DuelEvent[]): void {
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    if (fighter.action !== 'fireball' || !isActive(fighter)) continue;
    fighter.spent = true;
    state.fireballs.push({
      x: fighter.x + fighter.facing * 34,
      direction: fighter.facing,
      owner: side,
    });
    events.push({ kind: 'fireball', side });
  }
}

/** Moves the fireballs; two that meet go out, and so does one that meets a body or a wall. */
export function moveFireballs(state: DuelState, events: DuelEvent[]): void {
  for (const ball of state.fireballs) ball.x += ball.direction * MOTION.fireballSpeed;
  const gone = new Set(state.fireballs.filter((ball) => ball.x < 0 || ball.x > STAGE.width));
  for (const a of state.fireballs)
    for (const b of state.fireballs)
      if (a.owner === 0 && b.owner === 1 && Math.abs(a.x - b.x) < 20) gone.add(a).add(b);
  for (const ball of state.fireballs) {
    const target = state.fighters[otherSide(ball.owner)];
    const near = Math.abs(ball.x - target.x) < ATTACKS.fireball.range + 10;
    if (gone.has(ball) || !near || dodgesFireball(target)) continue;
    gone.add(ball);
    land(state, ball.owner, 'fireball', events);
  }
  if (gone.size) state.fireballs = state.fireballs.filter((ball) => !gone.has(ball));
}

const isDown = (fighter: Fighter): boolean =>
  fighter.action === 'knockdown' || fighter.action === 'getup';

const dodgesFireball = (fighter: Fighter): boolean =>
  isDown(fighter) ||
  fighter.height > MOTION.fireballClears ||
  (fighter.action === 'dash' && fighter.since <= MOTION.dashTicks);

/** Decides both fighters' attacks at once, so that neither side has an advantage. */
export function resolveAttacks(state: DuelState, events: DuelEvent[]): void {
  const landing = SIDES.filter((side) => reaches(state, side));
  if (landing.length === 2 && landing.every((side) => state.fighters[side].action === 'throw')) {
    breakThrows(state, events);
    return;
  }
  for (const side of landing) {
    const { action } = state.fighters[side];
    // A throw that meets a strike in the same tick loses.
    if (action === 'throw' && landing.length === 2) continue;
    state.fighters[side].spent = true;
  }
  const attacks = landing.map((side) => [side, state.fighters[side].action] as const);
  for (const [side, action] of attacks)
    if (
      action === 'strike' ||
      action === 'air-strike' ||
      (action === 'throw' && attacks.length === 1)
    )
      land(state, side, action, events);
}

function reaches(state: DuelState, side: Side): boolean {
  const attacker = state.fighters[side];
  const target = state.fighters[otherSide(side)];
  const { action } = attacker;
  if (action === 'fireball' || !isActive(attacker) || isDown(target)) return false;
  const gap = (target.x - attacker.x) * attacker.facing;
  if (gap < -10 || gap > ATTACKS[action as AttackAction].range) return false;
  if (action === 'air-strike')
    return (
      isAirborne(attacker) && Math.abs(attacker.height - target.height) < MOTION.airStrikeReach
    );
  if (action === 'strike') return target.height <= MOTION.strikeReachUp;
  return !isAirborne(target) && !escapesThrow(target);
}

/** Nobody is thrown out of stun, nor out of a strike that is on its way. */
function escapesThrow(target: Fighter): boolean {
  if (target.action === 'hit' || target.action === 'block-stun') return true;
  const { startup, active } = ATTACKS.strike;
  return target.action === 'strike' && target.since < startup + active;
}

function breakThrows(state: DuelState, events: DuelEvent[]): void {
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    fighter.spent = true;
    fighter.push = -fighter.facing * ATTACKS.throw.push;
    stun(fighter, 'block-stun', ATTACKS.strike.blockStun);
  }
  const [a, b] = state.fighters;
  events.push({ kind: 'throw-break', attacker: 0, x: (a.x + b.x) / 2, height: 70 });
}

function stun(fighter: Fighter, action: 'hit' | 'block-stun' | 'knockdown', ticks: number): void {
  begin(fighter, action);
  fighter.stun = ticks;
  fighter.speed = 0;
  fighter.rise = 0;
  fighter.height = 0;
}

/** An attack meets its target: blocked, or it hurts. */
function land(state: DuelState, side: Side, action: AttackAction, events: DuelEvent[]): void {
  const attacker = state.fighters[side];
  const target = state.fighters[otherSide(side)];
  const move = ATTACKS[action];
  const away = target.x >= attacker.x ? 1 : -1;
  const at = { attacker: side, x: target.x - away * 16, height: target.height + 66 };
  const guarding = target.action === 'block' || target.action === 'block-stun';
  target.push = away * move.push;
  state.hitStop = MOTION.hitStop;
  if (guarding && action !== 'throw') {
    attacker.outcome = 'blocked';
    target.outcome = 'blocked-attack';
    stun(target, 'block-stun', move.blockStun);
    events.push({ kind: 'blocked', ...at });
    return;
  }
  const thrown = action === 'throw';
  target.health = Math.max(0, target.health - move.damage);
  attacker.outcome = thrown ? 'threw' : 'hit';
  target.outcome = thrown ? 'was-thrown' : 'was-hit';
  const down = thrown || isAirborne(target);
  stun(target, down ? 'knockdown' : 'hit', down ? ATTACKS.throw.hitStun : move.hitStun);
  events.push({ kind: thrown ? 'thrown' : 'hit', ...at });
}
