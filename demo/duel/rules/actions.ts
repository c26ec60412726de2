/** The actions that a fighter chooses. */
export const DUEL_CHOICES = [
  'idle',
  'advance',
  'retreat',
  'jump',
  'dash',
  'block',
  'strike',
  'throw',
  'fireball',
  'air-strike',
] as const;

export type DuelChoice = (typeof DUEL_CHOICES)[number];

/**
 * All actions of a fighter: first the choices, then what merely happens to the fighter. The order is
 * that of the recorded action indices.
 */
export const DUEL_ACTIONS = [...DUEL_CHOICES, 'block-stun', 'hit', 'knockdown', 'getup'] as const;

export type DuelAction = (typeof DUEL_ACTIONS)[number];

/** The data of an attack, in ticks (1/60 s) and px; damage in health points of 100. */
export interface AttackMove {
  /** Ticks before it can hit. All but the fireball are faster than a person's reaction (12 or more). */
  readonly startup: number;
  /** Ticks in which it can hit. */
  readonly active: number;
  /** Ticks after that in which the attacker cannot act. */
  readonly recovery: number;
  /** Reach between the fighters' centres. */
  readonly range: number;
  readonly damage: number;
  /** Damage to a blocking target; never the last health point. */
  readonly chip: number;
  /** Ticks the other cannot act after being hit, and after blocking. */
  readonly hitStun: number;
  readonly blockStun: number;
  /** Push on the target, hit or blocking, px per tick; it fades. */
  readonly push: number;
}

/** The only table of the attacks: payoffs and drawings follow from it. */
export const ATTACKS = {
  strike: {
    startup: 9,
    active: 4,
    recovery: 20,
    range: 92,
    damage: 10,
    chip: 0,
    hitStun: 24,
    blockStun: 10,
    push: 5,
  },
  throw: {
    startup: 7,
    active: 2,
    recovery: 26,
    range: 62,
    damage: 14,
    chip: 0,
    hitStun: 44,
    blockStun: 0,
    push: 7,
  },
  fireball: {
    startup: 16,
    active: 1,
    recovery: 34,
    range: 26,
    damage: 8,
    chip: 2,
    hitStun: 22,
    blockStun: 14,
    push: 6,
  },
  'air-strike': {
    startup: 5,
    active: 60,
    recovery: 9,
    range: 64,
    damage: 10,
    chip: 0,
    hitStun: 24,
    blockStun: 14,
    push: 4,
  },
} as const satisfies Partial<Record<DuelAction, AttackMove>>;

export type AttackAction = keyof typeof ATTACKS;

export const isAttack = (action: DuelAction): action is AttackAction => action in ATTACKS;

/** Speeds in px per tick, heights in px, times in ticks. All are multiples of 1/8: sums stay exact. */
export const MOTION = {
  advance: 3,
  retreat: 2.5,
  jumpDrift: 3.5,
  jumpSpeed: 11,
  gravity: 0.625,
  /** Ticks between the press and leaving the ground: a strike hits in that time, a throw does not. */
  jumpSquat: 4,
  dash: 7,
  dashTicks: 18,
  dashRecovery: 8,
  blockTicks: 8,
  getupTicks: 14,
  landTicks: 8,
  fireballSpeed: 5.5,
  fireballHeight: 52,
  /** Distance before the body at which a fireball starts. */
  fireballHands: 34,
  /** A fireball passes under feet higher than this. */
  fireballClears: 40,
  /** Height of feet that a ground strike reaches: higher than an air strike reaches down. */
  strikeReachUp: 84,
  airStrikeReach: 48,
  /** Distance behind the attacker that an attack still reaches. */
  reachBehind: 10,
  /** Upward speed of a fighter hit in the air. */
  knockUp: 4,
  knockdownTicks: 44,
  throwBreakTicks: 10,
  /** Fighters on the ground do not come closer than this. */
  bodyWidth: 44,
  wall: 30,
  hitStop: 5,
  /** A press counts for this long when it comes too early. */
  buffer: 6,
} as const;

export const STAGE = { width: 800, startGap: 240 } as const;
