import { TICK_RATE } from '../controls.ts';
import { clamp } from '../maths.ts';
import type { Random } from '../maths.ts';
import { nearestCar, speedAlong } from '../observe.ts';
import { gapAlong } from '../place.ts';
import type { Race } from '../race.ts';
import type { Habits } from './habits.ts';

/** Metres between the middles of two cars side by side. */
const SIDE_BY_SIDE = 3.1;
/** Length of a feint, ticks: then the driver takes the other side. */
const SHOWN = 0.6 * TICK_RATE;
/** Room next to a car that is enough to pass, metres from its middle to the last lane. */
const ROOM = 2.2;
/** Share of attacks on the side with more room, whatever the habit. */
const OPEN_MIND = 0.15;

/** How a driver passes: on which side, and with or without a feint. */
export class Attack {
  readonly #habits: Habits;
  readonly #random: Random;
  #side: -1 | 1 = 1;
  #shows = false;
  /** Minus the ticks until the next choice of a side; 0 = no attack. */
  #ticks = 0;
  #shown = 0;

  constructor(habits: Habits, random: Random) {
    this.#habits = habits;
    this.#random = random;
  }

  /** Offset at which to pass the car ahead, metres; null when there is no car to pass. */
  offset(race: Race, index: number): number | null {
    const { track, racers } = race;
    const other = nearestCar(race, index);
    const { place } = racers[index];
    const ahead = other ? gapAlong(track, place.along, other.place.along) : Infinity;
    const { passFrom } = this.#habits;
    // An attack lasts while the cars are side by side, so as not to cut across the other car.
    if (!other || ahead > passFrom || ahead < -4 || !passFrom) {
      this.#ticks = 0;
      return null;
    }
    if (!this.#ticks && other.speed > speedAlong(race, index) + 1) return null;
    const most = track.width / 2 - 1.2;
    if (!this.#ticks || this.#ticks === -1) this.#choose(other.place.offset, most);
    else this.#ticks++;
    const side = this.#shows && this.#ticks < this.#shown ? -this.#side : this.#side;
    return clamp(other.place.offset + side * SIDE_BY_SIDE, -most, most);
  }

  #choose(offset: number, most: number): void {
    const { passSide, feint, patience } = this.#habits;
    const roomier = offset > 0 ? -1 : 1;
    const liked = passSide === 0 || this.#random() < OPEN_MIND ? roomier : passSide;
    // Avoids a side without enough room.
    this.#side = most - liked * offset > ROOM ? liked : roomier;
    this.#shows = this.#random() < feint;
    this.#ticks = Math.round(-patience * TICK_RATE * (0.85 + 0.3 * this.#random()));
    this.#shown = this.#ticks + SHOWN;
  }
}
