import type { Point } from './geometry.ts';
import { nearestWall } from './room.ts';
import type { Room } from './room.ts';

/**
 * Longest way of the nearest point within a tick, metres: it leaps across the corners of a room, and a
 * longer leap, to the wall on the other side, is no way along the wall.
 */
const LONGEST_LEAP = 2;

/** How far the robot has come along the walls, with the wall at its right hand. */
export class Odometer {
  readonly #room: Room;
  readonly #along: number[];
  #loop = -1;
  #last = 0;

  constructor(room: Room) {
    this.#room = room;
    this.#along = room.loops.map(() => 0);
  }

  /** Metres forwards along all walls; backwards counts against it. */
  get metres(): number {
    return this.#along.reduce((sum, metres) => sum + metres, 0);
  }

  /** Rounds of the loop that it went round most often. */
  get laps(): number {
    return Math.max(...this.#along.map((metres, i) => metres / this.#room.loops[i].perimeter));
  }

  /** To be told at every tick where the robot is. Gives the distance to the nearest wall, metres. */
  move(to: Point): number {
    const { loop, along, distance } = nearestWall(this.#room, to);
    if (loop === this.#loop) {
      const { perimeter } = this.#room.loops[loop];
      const step = along - this.#last;
      const shortest = step - perimeter * Math.round(step / perimeter);
      if (Math.abs(shortest) <= LONGEST_LEAP) this.#along[loop] += shortest;
    }
    this.#loop = loop;
    this.#last = along;
    return distance;
  }
}
