import { MOST_SPEED, MOST_TURN } from './controls.ts';
import type { RobotRun } from './run.ts';
import { RAY_DEGREES, RAY_RANGE } from './sensors.ts';

/** Name of the field of a ray. */
const rayName = (degrees: number): string =>
  degrees === 0 ? 'ahead' : `${degrees < 0 ? 'right' : 'left'}${Math.abs(degrees)}`;

export const RAY_FIELDS: readonly string[] = RAY_DEGREES.map(rayName);

/** What the robot senses, field by field, in this order. Plain data. */
export const ROBOT_OBSERVATION = [
  ...RAY_FIELDS.map((name) => ({
    kind: 'number' as const,
    name,
    min: 0,
    max: RAY_RANGE,
    unit: 'm',
  })),
  { kind: 'number' as const, name: 'turn', min: -MOST_TURN, max: MOST_TURN, unit: 'rad/s' },
  { kind: 'number' as const, name: 'speed', min: 0, max: MOST_SPEED, unit: 'm/s' },
];

/** The readings of the sensors, and the controls until now. */
export function observe({ ranges, controls }: RobotRun): Record<string, number> {
  const observation: Record<string, number> = { turn: controls.turn, speed: controls.speed };
  RAY_FIELDS.forEach((name, i) => (observation[name] = ranges[i]));
  return observation;
}
