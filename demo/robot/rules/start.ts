import { wrapAngle } from './geometry.ts';
import type { Random } from './random.ts';
import { isFree, nearestWall } from './room.ts';
import type { Room } from './room.ts';
import type { Pose } from './sensors.ts';

/** Share of starts anywhere in the room, looking anywhere; the others are beside a wall and along it. */
const ANYWHERE = 0.25;
/** Metres from the nearest wall at the start, and beside a wall at most. */
const LEAST = 0.4;
const BESIDE = 0.8;
/** Off the wall's direction at most, radians. */
const OFF = 0.7;

/** A place to start from. */
export function drawStart(room: Room, random: Random): Pose {
  const anywhere = random.next() < ANYWHERE;
  for (;;) {
    const at = { x: random.between(0, room.width), y: random.between(0, room.height) };
    if (!isFree(room, at)) continue;
    const wall = nearestWall(room, at);
    if (wall.distance < LEAST || (!anywhere && wall.distance > BESIDE)) continue;
    const toWall = Math.atan2(wall.y - at.y, wall.x - at.x);
    const heading = anywhere
      ? random.between(-Math.PI, Math.PI)
      : wrapAngle(toWall + Math.PI / 2 + random.between(-OFF, OFF));
    return { ...at, heading };
  }
}
