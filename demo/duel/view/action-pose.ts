import { ATTACKS, isAttack } from '../rules/index.ts';
import type { Fighter } from '../rules/index.ts';
import type { PoseName } from './pose.ts';

/** Poses of an attack: before, while and after it can hit. */
const ATTACK_POSES: Readonly<
  Record<keyof typeof ATTACKS, readonly [PoseName, PoseName, PoseName]>
> = {
  strike: ['windUp', 'strike', 'followThrough'],
  throw: ['reach', 'reach', 'heave'],
  fireball: ['castWindUp', 'cast', 'cast'],
  'air-strike': ['tuck', 'airStrike', 'crouch'],
};

/** Ticks of one step of walking, and of one breath. */
const WALK = 12;
const BREATH = 40;

const alternate = (since: number, period: number, first: PoseName, second: PoseName): PoseName =>
  Math.floor(since / period) % 2 ? second : first;

/** The pose of a fighter at this tick. `result` = how the round ended for the fighter. */
export function poseOf(fighter: Fighter, result: 'won' | 'lost' | null): PoseName {
  const { action, since, height, rise, health } = fighter;
  if (result === 'won' && height === 0) return 'win';
  if (result === 'lost' && height === 0 && health > 0) return 'lose';
  if (isAttack(action)) {
    const { startup, active } = ATTACKS[action];
    const poses = ATTACK_POSES[action];
    // A strike is drawn longer than it hits, so that it is visible.
    const shown = action === 'air-strike' ? active : active + 6;
    return since < startup - 1 ? poses[0] : since < startup + shown ? poses[1] : poses[2];
  }
  switch (action) {
    case 'idle':
      return alternate(since, BREATH, 'guard', 'breathe');
    case 'advance':
      return alternate(since, WALK, 'stepForward', 'stepTogether');
    case 'retreat':
      return alternate(since, WALK, 'stepBack', 'stepTogether');
    case 'jump':
      return height === 0 ? 'crouch' : rise > 0 ? 'rise' : 'fall';
    case 'dash':
      return 'dash';
    case 'block':
    case 'block-stun':
      return 'block';
    case 'hit':
      return 'reel';
    case 'knockdown':
      return since < 12 ? 'fly' : 'lie';
    case 'getup':
      return 'crouch';
    default:
      action satisfies never;
      return 'guard';
  }
}
