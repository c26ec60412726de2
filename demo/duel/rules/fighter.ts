import { ATTACKS, isAttack, MOTION, STAGE } from './actions.ts';
import type { DuelAction, DuelChoice } from './actions.ts';
import type { Fighter, Intent } from './state.ts';

/** Begins an action, even if it is the same as the one before: a repeat is an action of its own. */
export function begin(fighter: Fighter, action: DuelAction): void {
  fighter.action = action;
  fighter.actionId++;
  fighter.since = 0;
  fighter.spent = false;
}

/** True when the fighter may choose an action. */
export function canAct(fighter: Fighter): boolean {
  switch (fighter.action) {
    case 'idle':
    case 'advance':
    case 'retreat':
      return true;
    case 'block':
      return fighter.since >= MOTION.blockTicks;
    default:
      return false;
  }
}

export const isAirborne = (fighter: Fighter): boolean => fighter.height > 0 || fighter.rise > 0;

/** True in the ticks in which an attack can hit. */
export function isActive(fighter: Fighter): boolean {
  if (!isAttack(fighter.action) || fighter.spent) return false;
  const { startup, active } = ATTACKS[fighter.action];
  return fighter.since >= startup && fighter.since < startup + active;
}

/** Ticks of a jump in the air and on landing. */
const JUMP_TICKS = Math.ceil((2 * MOTION.jumpSpeed) / MOTION.gravity) + MOTION.landTicks;

/** Ticks until the fighter can choose again, as far as they are known; 0 when it can now. */
export function committedTicks(fighter: Fighter): number {
  const { action, since } = fighter;
  if (fighter.stun > 0) return fighter.stun;
  if (action === 'getup') return MOTION.getupTicks - since;
  if (action === 'dash') return MOTION.dashTicks + MOTION.dashRecovery - since;
  if (isAirborne(fighter))
    return Math.ceil((fighter.rise + MOTION.jumpSpeed) / MOTION.gravity) + MOTION.landTicks;
  if (action === 'jump') return MOTION.jumpSquat - since + JUMP_TICKS;
  if (!isAttack(action)) return 0;
  const { startup, active, recovery } = ATTACKS[action];
  return startup + active + recovery - since;
}

const PRESSES = ['strike', 'throw', 'fireball', 'dash', 'jump'] as const;

/** Keeps the newest press for a few ticks, so that a slightly early one still counts. */
export function bufferPress(fighter: Fighter, intent: Intent): void {
  if (fighter.bufferTicks > 0) fighter.bufferTicks--;
  else fighter.buffered = null;
  for (const press of PRESSES)
    if (intent[press] && !fighter.held[press]) {
      fighter.buffered = press;
      fighter.bufferTicks = MOTION.buffer;
    }
  fighter.held = { ...intent };
}

/** Begins the action of the controls, where possible. `armed`: the fighter can throw a fireball. */
export function choose(fighter: Fighter, intent: Intent, armed: boolean): void {
  if (isAirborne(fighter)) {
    if (fighter.action === 'jump' && fighter.buffered === 'strike') {
      fighter.buffered = null;
      begin(fighter, 'air-strike');
    }
    return;
  }
  if (!canAct(fighter)) return;
  if (fighter.buffered === 'fireball' && !armed) fighter.buffered = null;
  if (fighter.buffered) {
    const action = fighter.buffered;
    fighter.buffered = null;
    begin(fighter, action);
    if (action === 'jump') fighter.speed = direction(intent) * MOTION.jumpDrift;
    else fighter.speed = action === 'dash' ? fighter.facing * MOTION.dash : 0;
    return;
  }
  const next = stance(fighter, intent);
  if (next !== fighter.action) begin(fighter, next);
  const walk = next === 'advance' ? MOTION.advance : next === 'retreat' ? -MOTION.retreat : 0;
  // Never -0, which JSON does not preserve.
  fighter.speed = walk * fighter.facing + 0;
}

const direction = (intent: Intent): number => Number(intent.right) - Number(intent.left);

function stance(fighter: Fighter, intent: Intent): DuelChoice {
  if (intent.block) return 'block';
  const towards = direction(intent) * fighter.facing;
  return towards > 0 ? 'advance' : towards < 0 ? 'retreat' : 'idle';
}

/** Advances the fighter by one tick. Returns true when an attack ended without reaching anything. */
export function advanceFighter(fighter: Fighter): boolean {
  fighter.since++;
  fighter.x += fighter.speed + fighter.push;
  fighter.push = Math.abs(fighter.push) <= 0.5 ? 0 : fighter.push - Math.sign(fighter.push) * 0.5;
  if (fighter.action === 'jump' && fighter.since === MOTION.jumpSquat)
    fighter.rise = MOTION.jumpSpeed;
  if (isAirborne(fighter)) {
    fighter.height = Math.max(0, fighter.height + fighter.rise);
    fighter.rise = fighter.height > 0 ? fighter.rise - MOTION.gravity : 0;
    if (fighter.height === 0) land(fighter);
  }
  fighter.x = Math.min(STAGE.width - MOTION.wall, Math.max(MOTION.wall, fighter.x));
  return finish(fighter);
}

function land(fighter: Fighter): void {
  fighter.speed = 0;
  // Landing takes a moment, so that an expected jump can be punished.
  if (fighter.action === 'jump') fighter.stun = MOTION.landTicks;
  // An air strike recovers after landing.
  else if (fighter.action === 'air-strike')
    fighter.since = Math.max(
      fighter.since,
      ATTACKS['air-strike'].startup + ATTACKS['air-strike'].active,
    );
}

/** Ends the action if its time is over. */
function finish(fighter: Fighter): boolean {
  const { action, since } = fighter;
  if (fighter.stun > 0 && --fighter.stun === 0) {
    fighter.speed = 0;
    begin(fighter, action === 'knockdown' ? 'getup' : 'idle');
    return false;
  }
  if (action === 'getup' && since >= MOTION.getupTicks) begin(fighter, 'idle');
  if (action === 'dash') {
    if (since === MOTION.dashTicks) fighter.speed = 0;
    if (since >= MOTION.dashTicks + MOTION.dashRecovery) begin(fighter, 'idle');
  }
  if (!isAttack(action) || isAirborne(fighter)) return false;
  const { startup, active, recovery } = ATTACKS[action];
  if (since < startup + active + recovery) return false;
  const missed = !fighter.spent && action !== 'fireball';
  if (missed) fighter.outcome = 'whiffed';
  begin(fighter, 'idle');
  return missed;
}
