import { rayLength } from './geometry.ts';
import type { Point } from './geometry.ts';
import type { Random } from './random.ts';
import type { Room } from './room.ts';

/** Position and direction of the robot; angles grow to the left. */
export interface Pose extends Point {
  /** Radians; 0 looks along x. */
  readonly heading: number;
}

/** Directions of the range sensors from straight ahead, degrees; positive is to the left. */
export const RAY_DEGREES = [-150, -120, -90, -65, -40, -20, 0, 20, 40, 65, 90, 150] as const;
export const RAY_ANGLES: readonly number[] = RAY_DEGREES.map(
  (degrees) => (degrees * Math.PI) / 180,
);

/** Largest distance that a sensor measures, metres. Anything farther reads as this. */
export const RAY_RANGE = 3;

/** Errors of the sensors. */
export interface SensorNoise {
  /** Standard deviation as a share of the distance, and in metres. */
  readonly share: number;
  readonly metres: number;
  /** Probability that an echo is missed: the reading is then `RAY_RANGE`. */
  readonly missed: number;
}

export const SENSOR_NOISE: SensorNoise = { share: 0.02, metres: 0.01, missed: 0.003 };
export const NO_NOISE: SensorNoise = { share: 0, metres: 0, missed: 0 };

/** Metres from the robot's middle to the wall in each direction of RAY_ANGLES, without noise. */
export function castRays(room: Room, pose: Pose): number[] {
  return RAY_ANGLES.map((angle) => {
    const direction = { x: Math.cos(pose.heading + angle), y: Math.sin(pose.heading + angle) };
    let length = RAY_RANGE;
    for (const { segments } of room.loops)
      for (const segment of segments)
        length = Math.min(length, rayLength(pose, direction, segment));
    return length;
  });
}

/** Resolution of the sensors, metres. */
export const RAY_STEP = 0.02;

/** The readings of the sensors: with noise, in whole steps of `RAY_STEP`. */
export function readSensors(
  lengths: readonly number[],
  { share, metres, missed }: SensorNoise,
  random: Random,
): number[] {
  return lengths.map((length) => {
    const noise = random.normal() * (metres + share * length);
    const isMissed = random.next() < missed;
    const reading = isMissed ? RAY_RANGE : Math.min(RAY_RANGE, Math.max(0, length + noise));
    return Math.round(Math.round(reading / RAY_STEP) * RAY_STEP * 100) / 100;
  });
}
