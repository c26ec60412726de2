import { wrapAngle } from './geometry.ts';
import type { Random } from './random.ts';
import { isFree, nearestWall } from './room.ts';
import type { Room } from './room.ts';
import type { Pose } from './sensors.ts';

/** Share of starts anywhere, in any direction; the others are next to a wall, along it. */
const ANYWHERE = 0.25;
/** Least distance from a wall at the start, and the largest one of a start next to a wall, metres. */
const LEAST = 0.4;
const NEXT_TO_WALL = 0.8;
/** Largest deviation from the wall's direction, radians. */
const OFF = 0.7;

/** A random start. */
export function drawStart(room: Room, random: Random): Pose {
  const anywhere = random.next() < ANYWHERE;
  for (;;) {
    const at = { x: random.between(0, room.width), y: random.between(0, room.height) };
    if (!isFree(room, at)) continue;
    const wall = nearestWall(room, at);
    if (wall.distance < LEAST || (!anywhere && wall.distance > NEXT_TO_WALL)) continue;
    const toWall = Math.atan2(wall.y - at.y, wall.x - at.x);
    const heading = anywhere
      ? random.between(-Math.PI, Math.PI)
      : wrapAngle(toWall + Math.PI / 2 + random.between(-OFF, OFF));
    return { ...at, heading };
  }
}
