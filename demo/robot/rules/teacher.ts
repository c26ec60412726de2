import { withinLimits } from './controls.ts';
import type { Controls } from './controls.ts';
import { nearestShare, pointOn } from './geometry.ts';
import type { Point } from './geometry.ts';
import { RAY_ANGLES, RAY_RANGE } from './sensors.ts';

/** Distance from the wall that the teacher keeps, metres from the robot's middle. */
export const TEACHER_DISTANCE = 0.48;

/** Distance beyond which the teacher ignores walls, metres. */
const NO_WALL = 1.6;
/** Gains: radians per second for each radian off the wall's direction, and for each metre too near. */
const ALONG_GAIN = 1.6;
const DISTANCE_GAIN = 2.4;
/** Distance within which the teacher reacts to what lies ahead, metres. */
const AHEAD = 0.85;
const AHEAD_GAIN = 2.2;
/** Half the width of the way ahead, metres, and extra distance per metre for echoes to its sides. */
const CLEAR = 0.22;
const ASIDE = 4;
const CRUISE = 0.55;
const CREEP = 0.08;

/** Rays to the right and ahead, which see the wall to follow. */
const RIGHT_HAND = RAY_ANGLES.flatMap((angle, i) => (angle <= 0.36 ? [i] : []));
/** Rays in the direction of movement. */
const FORWARD = RAY_ANGLES.flatMap((angle, i) => (Math.abs(angle) <= 0.75 ? [i] : []));
/** Largest distance between two echoes of one wall, metres. */
const ONE_WALL = 0.9;

/** The nearest point of the wall, from the readings. */
interface NearestEcho {
  /** Metres. */
  readonly distance: number;
  /** Direction from straight ahead, radians. */
  readonly bearing: number;
}

/** The nearest point on the lines between neighbouring echoes of `RIGHT_HAND`. */
function nearestEcho(ranges: readonly number[]): NearestEcho {
  const origin = { x: 0, y: 0 };
  let best: Point = { x: 0, y: -Infinity };
  let distance = Infinity;
  const consider = (point: Point): void => {
    const length = Math.hypot(point.x, point.y);
    if (length >= distance) return;
    best = point;
    distance = length;
  };
  const echoes = RIGHT_HAND.map((i) => ({
    x: Math.cos(RAY_ANGLES[i]) * ranges[i],
    y: Math.sin(RAY_ANGLES[i]) * ranges[i],
    isFar: ranges[i] >= RAY_RANGE,
  }));
  echoes.forEach((a, i) => {
    if (a.isFar) return;
    consider(a);
    const b = echoes[i + 1];
    if (!b || b.isFar || Math.hypot(a.x - b.x, a.y - b.y) > ONE_WALL) return;
    consider(pointOn({ a, b }, nearestShare({ a, b }, origin)));
  });
  return { distance, bearing: Math.atan2(best.y, best.x) };
}

/**
 * A hand-written wall follower: keeps the wall on its right at a given distance, like the boundary
 * following of Bug algorithms (Lumelsky and Stepanov, "Path-planning strategies for a point mobile
 * automaton", Algorithmica 2, 1987), with proportional control of distance and direction. It turns
 * away from obstacles ahead, and slows down.
 */
export function teach(ranges: readonly number[]): Controls {
  const { distance, bearing } = nearestEcho(ranges);
  let turn =
    distance < NO_WALL
      ? ALONG_GAIN * (bearing + Math.PI / 2) + DISTANCE_GAIN * (TEACHER_DISTANCE - distance)
      : // Drives straight ahead until there is a wall.
        0;
  let ahead = Infinity;
  for (const i of FORWARD) {
    const aside = Math.abs(Math.sin(RAY_ANGLES[i])) * ranges[i];
    const straight = Math.cos(RAY_ANGLES[i]) * ranges[i];
    // Echoes to the sides of the robot's way count as farther away.
    ahead = Math.min(ahead, straight + ASIDE * Math.max(0, aside - CLEAR));
  }
  if (ahead < AHEAD) turn += (AHEAD_GAIN * (AHEAD - ahead)) / AHEAD;
  const room = Math.min(1, Math.max(0, (ahead - 0.25) / (AHEAD - 0.25)));
  const bend = Math.min(1, Math.abs(turn) / 1.8);
  const speed = CREEP + (CRUISE - CREEP) * Math.min(room, 1 - 0.55 * bend);
  return withinLimits({ turn, speed });
}
