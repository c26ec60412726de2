import { ATTACKS, isAttack, MOTION } from './actions.ts';
import type { AttackAction } from './actions.ts';
import { begin, isActive, isAirborne } from './fighter.ts';
import { isDown, otherSide } from './state.ts';
import type { DuelEvent, DuelState, Fighter, Outcome, Side } from './state.ts';

const SIDES = [0, 1] as const;

/** An attack of `side` that reaches its target in this tick. */
export interface Landing {
  readonly side: Side;
  readonly action: AttackAction;
}

/** Decides both fighters' attacks at once, so that neither side has an advantage. */
export function meetBodies(state: DuelState, events: DuelEvent[]): Landing[] {
  const meeting = SIDES.filter((side) => reaches(state, side));
  const throwing = meeting.filter((side) => state.fighters[side].action === 'throw');
  if (throwing.length === 2) {
    breakThrows(state, events);
    return [];
  }
  // A strike beats a throw in the same tick.
  const landing =
    meeting.length === 2 ? meeting.filter((side) => !throwing.includes(side)) : meeting;
  return landing.flatMap((side) => {
    const fighter = state.fighters[side];
    fighter.spent = true;
    return isAttack(fighter.action) ? [{ side, action: fighter.action }] : [];
  });
}

function reaches(state: DuelState, side: Side): boolean {
  const attacker = state.fighters[side];
  const target = state.fighters[otherSide(side)];
  const { action } = attacker;
  if (!isAttack(action) || action === 'fireball' || !isActive(attacker) || isDown(target))
    return false;
  const gap = (target.x - attacker.x) * attacker.facing;
  if (gap < -MOTION.reachBehind || gap > ATTACKS[action].range) return false;
  if (action === 'air-strike')
    return (
      isAirborne(attacker) && Math.abs(attacker.height - target.height) < MOTION.airStrikeReach
    );
  if (action === 'strike') return target.height <= MOTION.strikeReachUp;
  return !isAirborne(target) && !escapesThrow(target);
}

/** A fighter cannot be thrown in stun, when about to leave the ground, or before a strike recovers. */
function escapesThrow(target: Fighter): boolean {
  if (target.action === 'strike') {
    const { startup, active } = ATTACKS.strike;
    return target.since < startup + active;
  }
  const leaving = target.action === 'jump' && target.since <= MOTION.jumpSquat;
  return leaving || target.action === 'hit' || target.action === 'block-stun';
}

function breakThrows(state: DuelState, events: DuelEvent[]): void {
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    fighter.spent = true;
    fighter.push = -fighter.facing * ATTACKS.throw.push;
    fighter.outcome = 'throw-break';
    stun(fighter, 'block-stun', MOTION.throwBreakTicks);
  }
  const [a, b] = state.fighters;
  events.push({ kind: 'throw-break', attacker: 0, x: (a.x + b.x) / 2, height: 70 });
}

function stun(fighter: Fighter, action: 'hit' | 'block-stun' | 'knockdown', ticks: number): void {
  // A hit in the air knocks the fighter up a little before the fall.
  fighter.rise = isAirborne(fighter) ? MOTION.knockUp : 0;
  fighter.speed = 0;
  fighter.stun = ticks;
  begin(fighter, action);
}

/**
 * Applies attacks: they are blocked, or they hurt. All attacks of a tick are judged by the state before
 * any of them, so that the order of the sides does not matter.
 */
export function land(state: DuelState, landings: readonly Landing[], events: DuelEvent[]): void {
  if (!landings.length) return;
  state.hitStop = MOTION.hitStop;
  const meetings = landings.map((landing) => meet(state, landing, events));
  for (const { attacker, given } of meetings) attacker.outcome = given;
  for (const { target, taken } of meetings) target.outcome = taken;
  const hurt = SIDES.map((side) => meetings.some(({ by, hurts }) => hurts && by === side));
  if (hurt[0] && hurt[1]) for (const fighter of state.fighters) fighter.outcome = 'traded';
  for (const { apply } of meetings) apply();
}

/** The effect of one landing; `apply` carries it out. */
interface Meeting {
  readonly by: Side;
  readonly attacker: Fighter;
  readonly target: Fighter;
  readonly hurts: boolean;
  /** Outcomes of the attacker and of the target. */
  readonly given: Outcome;
  readonly taken: Outcome;
  readonly apply: () => void;
}

function meet(state: DuelState, { side, action }: Landing, events: DuelEvent[]): Meeting {
  const attacker = state.fighters[side];
  const target = state.fighters[otherSide(side)];
  const move = ATTACKS[action];
  const away = Math.sign(target.x - attacker.x) || attacker.facing;
  const guarding = target.action === 'block' || target.action === 'block-stun';
  const thrown = action === 'throw';
  const blocked = guarding && !thrown;
  const down = thrown || isAirborne(target);
  const kind = blocked ? 'blocked' : thrown ? 'thrown' : 'hit';
  const at = { attacker: side, x: target.x - away * 16, height: target.height + 66 };
  events.push({ kind, ...at });
  const apply = (): void => {
    target.push = away * move.push;
    if (blocked) {
      // A blocking fighter keeps the last health point.
      target.health = Math.max(Math.min(1, target.health), target.health - move.chip);
      stun(target, 'block-stun', move.blockStun);
      return;
    }
    target.health = Math.max(0, target.health - move.damage);
    if (down) stun(target, 'knockdown', MOTION.knockdownTicks);
    else stun(target, 'hit', move.hitStun);
  };
  return {
    by: side,
    attacker,
    target,
    hurts: !blocked,
    given: blocked ? 'blocked' : thrown ? 'threw' : 'hit',
    taken: blocked ? 'blocked-attack' : thrown ? 'was-thrown' : 'was-hit',
    apply,
  };
}
