import { TICK_RATE } from '../controls.ts';
import { clamp } from '../maths.ts';
import type { Random } from '../maths.ts';
import { nearestCar, speedAlong } from '../observe.ts';
import { gapAlong } from '../place.ts';
import type { Race } from '../race.ts';
import type { Habits } from './habits.ts';

/** Metres between the middles of two cars side by side. */
const BESIDE = 3.1;
/** An attack goes on that long before he thinks again, ticks; and a feint until he takes the other side. */
const COMMITTED = 1.6 * TICK_RATE;
const SHOWN = 0.6 * TICK_RATE;
/** Share of attacks in which habit gives way to the room there is. */
const OPEN_MIND = 0.15;

/** How a driver passes: the side he takes, and whether he shows it. */
export class Attack {
  readonly #habits: Habits;
  readonly #random: Random;
  #side: -1 | 1 = 1;
  #shows = false;
  #ticks = -1;

  constructor(habits: Habits, random: Random) {
    this.#habits = habits;
    this.#random = random;
  }

  /** Offset he drives at to pass the car ahead, metres; null when there is nobody to pass. */
  offset(race: Race, index: number): number | null {
    const { track, racers } = race;
    const other = nearestCar(race, index);
    const { place } = racers[index];
    const ahead = other ? gapAlong(track, place.along, other.place.along) : Infinity;
    const { passFrom } = this.#habits;
    // Alongside counts too: he does not cut across the other car.
    if (!other || ahead > passFrom || ahead < -4 || !passFrom) {
      this.#ticks = -1;
      return null;
    }
    if (this.#ticks < 0 && other.speed > speedAlong(race, index) + 1) return null;
    if (this.#ticks < 0 || this.#ticks > COMMITTED) this.#choose(other.place.offset);
    this.#ticks++;
    const side = this.#shows && this.#ticks < SHOWN ? -this.#side : this.#side;
    const most = track.width / 2 - 1.2;
    return clamp(other.place.offset + side * BESIDE, -most, most);
  }

  #choose(offset: number): void {
    const { passSide, feint } = this.#habits;
    const roomier = offset > 0 ? -1 : 1;
    this.#side = passSide === 0 || this.#random() < OPEN_MIND ? roomier : passSide;
    this.#shows = this.#random() < feint;
    this.#ticks = 0;
  }
}
