import type { Point } from './geometry.ts';
import { nearestWall } from './room.ts';
import type { Room } from './room.ts';

/**
 * Longest movement of the nearest wall point that counts, metres per tick. The point jumps at corners,
 * which counts; a longer jump is one to the opposite wall, which does not.
 */
const LONGEST_LEAP = 2;

/** Measures the robot's way along the walls, with the wall on its right. */
export class Odometer {
  readonly #room: Room;
  readonly #along: number[];
  #loop = -1;
  #last = 0;

  constructor(room: Room) {
    this.#room = room;
    this.#along = room.loops.map(() => 0);
  }

  /** Metres along all walls; movement backwards is subtracted. */
  get metres(): number {
    return this.#along.reduce((sum, metres) => sum + metres, 0);
  }

  /** Most rounds around one loop. */
  get laps(): number {
    return Math.max(...this.#along.map((metres, i) => metres / this.#room.loops[i].perimeter));
  }

  /** Takes the robot's place; call it at every tick. Returns the distance to the nearest wall, metres. */
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
