import { Driver } from '../rules/drivers/driver.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { clamp, gapAlong, locate, speedAlong, TICK_RATE } from '../rules/index.ts';
import type { Controls, Place, Race } from '../rules/index.ts';
import { constantVelocity } from '../guesses.ts';

/** Where the other driver is expected to be, at `inTicks` from when it was foreseen. */
export interface Foresight {
  /** Tick at which it was made. */
  readonly tick: number;
  readonly points: readonly { readonly inTicks: number; readonly place: Place }[];
}

/** How the rival drives when nobody is near: fast, clean and always the same. */
export const RIVAL_HABITS: Habits = {
  courage: 0.9,
  braking: 10,
  apex: 0.6,
  swing: 0.4,
  lane: 0,
  lookNear: 5,
  lookTime: 0.45,
  pedal: 0.8,
  lift: 0.05,
  reaction: 6,
  wobble: 0.2,
  mood: 0.02,
  usesKeys: false,
  passFrom: 0,
  passSide: 0,
  feint: 0,
};

export interface RivalOptions {
  /** Its place among the racers, and that of the driver it races. */
  readonly index: number;
  readonly against: number;
  readonly seed: number;
  readonly habits?: Habits;
}

/** Gaps in which it minds the other car, metres. */
const BLOCK_FROM = 24;
const PASS_FROM = 20;
/** It looks that far ahead: the time in which it can change its lane. */
const LOOK_TICKS = TICK_RATE;
const BESIDE = 3.1;
/** An old expectation is not believed, ticks. */
const FRESH = 30;

/**
 * The rival: ahead, it goes where the driver behind it will want to pass; behind, it goes where he will
 * not be. Without an expectation it takes him to keep his velocity.
 */
export class Rival {
  readonly #options: RivalOptions;
  readonly #driver: Driver;
  #offset: number | null = null;

  constructor(options: RivalOptions) {
    this.#options = options;
    this.#driver = new Driver({ habits: options.habits ?? RIVAL_HABITS, seed: options.seed });
  }

  /** Where it wants to be, metres right of the centre line; null when nobody is near. */
  get wantedOffset(): number | null {
    return this.#offset;
  }

  /** What it does at this tick; to be called at every tick. */
  drive(race: Race, foresight: Foresight | null): Controls {
    const { index } = this.#options;
    const wanted = this.#choose(race, foresight);
    // A lane is changed, not jumped to.
    this.#offset =
      wanted === null
        ? null
        : this.#offset === null
          ? wanted
          : this.#offset + clamp(wanted - this.#offset, -0.12, 0.12);
    return this.#driver.drive(race, index, this.#offset === null ? {} : { offset: this.#offset });
  }

  #choose(race: Race, foresight: Foresight | null): number | null {
    const { index, against } = this.#options;
    const { track, racers } = race;
    const gap = gapAlong(track, racers[index].place.along, racers[against].place.along);
    const most = track.width / 2 - 1.3;
    if (gap < -CLEAR && gap > -BLOCK_FROM) {
      const { offset } = this.#expect(race, foresight, LOOK_TICKS);
      return clamp(offset, -most, most);
    }
    if (gap > -CLEAR && gap < PASS_FROM) {
      const closing = speedAlong(race, index) - speedAlong(race, against);
      if (closing < -2 && gap > 6) return null;
      const { offset } = this.#expect(race, foresight, LOOK_TICKS);
      const mine = racers[index].place.offset;
      // Near him the side is chosen already.
      const beside = Math.abs(gap) < 6 && Math.abs(mine - racers[against].place.offset) > 1.5;
      const side = beside ? Math.sign(mine - racers[against].place.offset) : offset > 0 ? -1 : 1;
      return clamp(offset + side * BESIDE, -most, most);
    }
    return null;
  }

  /** Where the other driver is expected to be. */
  #expect(race: Race, foresight: Foresight | null, ticks: number): Place {
    const { track, racers, tick } = race;
    const { against } = this.#options;
    const age = foresight ? tick - foresight.tick : Infinity;
    const points = foresight?.points ?? [];
    if (points.length && age <= FRESH)
      return (points.find(({ inTicks }) => inTicks >= ticks + age) ?? points[points.length - 1])
        .place;
    const { x, y } = constantVelocity(race, against, ticks);
    const guess = locate(track, x, y, racers[against].place.along + speedAlong(race, against));
    // In corners a straight line leads off the track: nobody is expected there.
    const most = track.width / 2;
    return { along: guess.along, offset: clamp(guess.offset, -most, most) };
  }
}

/** Less than this and the cars are side by side, metres. */
const CLEAR = 3.5;
