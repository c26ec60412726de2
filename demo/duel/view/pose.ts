/**
 * A fighter's posture. Angles are degrees from straight down, positive towards the side it faces:
 * 0 = hanging, 90 = pointing forward, 180 = straight up, negative = backward.
 */
export interface Pose {
  /** Lean of the upper body from upright. */
  readonly lean: number;
  readonly head: number;
  readonly frontUpperArm: number;
  readonly frontForearm: number;
  readonly backUpperArm: number;
  readonly backForearm: number;
  readonly frontThigh: number;
  readonly frontShin: number;
  readonly backThigh: number;
  readonly backShin: number;
  /** Rotation of the whole body about the hip, for falls; 0 = upright, -90 = on the back. */
  readonly roll: number;
}

export type MutablePose = { -readonly [K in keyof Pose]: Pose[K] };

const GUARD: Pose = {
  lean: 6,
  head: 0,
  frontUpperArm: 40,
  frontForearm: 120,
  backUpperArm: 20,
  backForearm: 110,
  frontThigh: 28,
  frontShin: -8,
  backThigh: -18,
  backShin: -34,
  roll: 0,
};

const pose = (changes: Partial<Pose>): Pose => ({ ...GUARD, ...changes });

export const POSES = {
  guard: GUARD,
  breathe: pose({ lean: 8, frontForearm: 114, backForearm: 104, frontThigh: 32, backThigh: -20 }),
  stepForward: pose({ lean: 12, frontThigh: 40, frontShin: 4, backThigh: -34, backShin: -50 }),
  stepTogether: pose({ lean: 9, frontThigh: 12, frontShin: -4, backThigh: -4, backShin: -22 }),
  stepBack: pose({ lean: -4, frontThigh: 20, frontShin: 0, backThigh: -36, backShin: -44 }),
  windUp: pose({
    lean: -16,
    head: 6,
    frontUpperArm: -58,
    frontForearm: 52,
    backUpperArm: 58,
    backForearm: 100,
    frontThigh: 34,
    frontShin: -24,
    backThigh: -10,
    backShin: -44,
  }),
  strike: pose({
    lean: 27,
    head: -12,
    frontUpperArm: 89,
    frontForearm: 91,
    backUpperArm: -46,
    backForearm: 30,
    frontThigh: 54,
    frontShin: 4,
    backThigh: -44,
    backShin: -52,
  }),
  followThrough: pose({
    lean: 19,
    head: -6,
    frontUpperArm: 66,
    frontForearm: 84,
    backUpperArm: -18,
    backForearm: 60,
    frontThigh: 46,
    frontShin: -2,
    backThigh: -36,
    backShin: -46,
  }),
  reach: pose({
    lean: 24,
    frontUpperArm: 70,
    frontForearm: 100,
    backUpperArm: 66,
    backForearm: 96,
    frontThigh: 44,
    backThigh: -30,
  }),
  heave: pose({
    lean: -18,
    frontUpperArm: 150,
    frontForearm: 170,
    backUpperArm: 140,
    backForearm: 165,
  }),
  block: pose({
    lean: -6,
    head: -8,
    frontUpperArm: 62,
    frontForearm: 168,
    backUpperArm: 50,
    backForearm: 160,
    frontThigh: 34,
    backThigh: -26,
  }),
  castWindUp: pose({
    lean: -8,
    frontUpperArm: -24,
    frontForearm: 34,
    backUpperArm: -36,
    backForearm: 20,
    frontThigh: 40,
    backThigh: -34,
  }),
  cast: pose({
    lean: 16,
    frontUpperArm: 84,
    frontForearm: 86,
    backUpperArm: 78,
    backForearm: 82,
    frontThigh: 48,
    backThigh: -40,
    backShin: -52,
  }),
  crouch: pose({ lean: 18, frontThigh: 62, frontShin: -34, backThigh: 30, backShin: -60 }),
  rise: pose({
    lean: 4,
    frontUpperArm: 130,
    frontForearm: 160,
    frontThigh: 54,
    frontShin: -50,
    backThigh: 6,
    backShin: -40,
  }),
  tuck: pose({
    lean: 16,
    frontUpperArm: 110,
    frontForearm: 160,
    backUpperArm: -30,
    frontThigh: 84,
    frontShin: -40,
    backThigh: 40,
    backShin: -70,
  }),
  fall: pose({
    lean: 2,
    frontUpperArm: 104,
    frontForearm: 130,
    backUpperArm: -70,
    backForearm: -40,
    frontThigh: 36,
    frontShin: -14,
    backThigh: -12,
    backShin: -40,
  }),
  airStrike: pose({
    lean: 30,
    frontUpperArm: 10,
    backUpperArm: -40,
    frontThigh: 74,
    frontShin: 68,
    backThigh: 8,
    backShin: -70,
  }),
  dash: pose({
    lean: 34,
    frontUpperArm: -40,
    frontForearm: 20,
    backUpperArm: -50,
    frontThigh: 58,
    frontShin: 0,
    backThigh: -46,
    backShin: -66,
  }),
  reel: pose({
    lean: -26,
    head: -24,
    frontUpperArm: 70,
    frontForearm: 60,
    backUpperArm: -40,
    backForearm: -20,
    frontThigh: 34,
    frontShin: 14,
    backThigh: -26,
  }),
  fly: pose({
    lean: -10,
    head: -20,
    frontUpperArm: 120,
    frontForearm: 140,
    backUpperArm: 150,
    backForearm: 130,
    frontThigh: 50,
    frontShin: 20,
    backThigh: 30,
    backShin: -10,
    roll: -60,
  }),
  lie: pose({
    lean: 0,
    head: -6,
    frontUpperArm: 30,
    frontForearm: 20,
    backUpperArm: 160,
    backForearm: 170,
    frontThigh: 16,
    frontShin: -10,
    backThigh: 2,
    backShin: -4,
    roll: -88,
  }),
  lose: pose({
    lean: 26,
    head: 24,
    frontUpperArm: 12,
    frontForearm: 22,
    backUpperArm: 2,
    backForearm: 10,
    frontThigh: 24,
    backThigh: -14,
  }),
  win: pose({
    lean: -4,
    frontUpperArm: 170,
    frontForearm: 178,
    backUpperArm: 10,
    backForearm: 60,
    frontThigh: 10,
    frontShin: 0,
    backThigh: -10,
    backShin: -6,
  }),
} as const satisfies Record<string, Pose>;

export type PoseName = keyof typeof POSES;
