import type { Pose } from './pose.ts';

/** Lengths in px of a fighter about 112 px tall. */
export const BODY = {
  thigh: 27,
  shin: 26,
  /** Height of the ankle above the sole. */
  sole: 4,
  torso: 40,
  /** Distance of the arms below the neck. */
  armpit: 8,
  upperArm: 21,
  forearm: 20,
  neck: 13,
} as const;

export interface Joint {
  readonly x: number;
  readonly y: number;
  /** Rotation of the part that begins here, radians, clockwise. */
  readonly turn: number;
}

/** Where each part of a body begins, px from the feet, looking right. Hands and feet are joints too. */
export interface Skeleton {
  readonly torso: Joint;
  readonly head: Joint;
  readonly hem: Joint;
  readonly frontArm: readonly [upper: Joint, fore: Joint, hand: Joint];
  readonly backArm: readonly [upper: Joint, fore: Joint, hand: Joint];
  readonly frontLeg: readonly [thigh: Joint, shin: Joint, foot: Joint];
  readonly backLeg: readonly [thigh: Joint, shin: Joint, foot: Joint];
}

const RADIANS = Math.PI / 180;

const end = (x: number, y: number, degrees: number, length: number): { x: number; y: number } => ({
  x: x + Math.sin(degrees * RADIANS) * length,
  y: y + Math.cos(degrees * RADIANS) * length,
});

/** Distance of the lower foot below the hip, which keeps a foot on the ground in every pose. */
function legReach(pose: Pose): number {
  const drop = (thigh: number, shin: number): number =>
    Math.cos(thigh * RADIANS) * BODY.thigh + Math.cos(shin * RADIANS) * BODY.shin;
  const front = drop(pose.frontThigh, pose.frontShin);
  return Math.max(front, drop(pose.backThigh, pose.backShin)) + BODY.sole;
}

/** A limb of two bones that begins at a point; angles in degrees from straight down. */
function limb(
  from: { x: number; y: number },
  [upper, lower, tip]: readonly [number, number, number],
  [upperLength, lowerLength]: readonly [number, number],
): readonly [Joint, Joint, Joint] {
  const middle = end(from.x, from.y, upper, upperLength);
  const last = end(middle.x, middle.y, lower, lowerLength);
  return [
    { ...from, turn: -upper * RADIANS },
    { ...middle, turn: -lower * RADIANS },
    { ...last, turn: -tip * RADIANS },
  ];
}

/** The joints of a pose. */
export function solveSkeleton(pose: Pose): Skeleton {
  const lying = Math.min(1, Math.abs(pose.roll) / 90);
  const hip = { x: -lying * 8, y: -(legReach(pose) * (1 - lying) + 12 * lying) };
  const { roll } = pose;
  const upright = 180 - pose.lean + roll;
  const neck = end(hip.x, hip.y, upright, BODY.torso);
  const chest = end(hip.x, hip.y, upright, BODY.torso - BODY.armpit);
  const arm = (upper: number, fore: number): Skeleton['frontArm'] =>
    limb(chest, [upper + roll, fore + roll, fore + roll], [BODY.upperArm, BODY.forearm]);
  const leg = (thigh: number, shin: number): Skeleton['frontLeg'] =>
    // Soles stay level unless the body lies or the knee bends far.
    limb(
      hip,
      [thigh + roll, shin + roll, Math.max(-60, Math.min(40, shin)) * 0.45 + roll],
      [BODY.thigh, BODY.shin],
    );
  const lean = (pose.lean - roll) * RADIANS;
  const stride = ((pose.frontThigh + pose.backThigh) / 2 + roll) * RADIANS;
  return {
    torso: { ...hip, turn: lean },
    head: { ...neck, turn: (pose.lean + pose.head - roll) * RADIANS },
    hem: { ...hip, turn: -stride * 0.6 + lean * 0.4 },
    frontArm: arm(pose.frontUpperArm, pose.frontForearm),
    backArm: arm(pose.backUpperArm, pose.backForearm),
    frontLeg: leg(pose.frontThigh, pose.frontShin),
    backLeg: leg(pose.backThigh, pose.backShin),
  };
}
