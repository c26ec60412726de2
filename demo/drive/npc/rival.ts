import { Driver } from '../rules/drivers/driver.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { lineAt } from '../rules/drivers/line.ts';
import { clamp, gapAlong, speedAlong, TICK_RATE, wrap } from '../rules/index.ts';
import type { Controls, Race } from '../rules/index.ts';

import { planLane } from './plan-lane.ts';
import type { ExpectedPath, ExpectedPlace } from './plan-lane.ts';

/** Where the other driver is expected to be, at `inTicks` from when it was foreseen. */
export interface Foresight {
  /** Tick at which it was made. */
  readonly tick: number;
  readonly points: readonly ExpectedPlace[];
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
  patience: 1.5,
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
/** Without an expectation of its own it looks that far ahead, ticks. */
const LOOKS = [10, 20, 30, 40, 50, 60];
/** Its own line is asked for that far ahead, seconds. */
const LINE_AHEAD = 0.6;
/** How much of its mind is on what is foreseen; the rest on a driver who keeps his lane. */
const TRUST = Number(process.env.TRUST ?? 0.5);

/**
 * The rival: ahead, it goes where the driver behind it will want to pass; behind, it goes where he will
 * not be. Without an expectation it takes him to stay in the lane he is in.
 */
export class Rival {
  readonly #options: RivalOptions;
  readonly #habits: Habits;
  readonly #driver: Driver;
  #offset: number | null = null;

  constructor(options: RivalOptions) {
    this.#options = options;
    this.#habits = options.habits ?? RIVAL_HABITS;
    this.#driver = new Driver({ habits: this.#habits, seed: options.seed });
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
    const mine = racers[index].place;
    const gap = gapAlong(track, mine.along, racers[against].place.along);
    const speed = speedAlong(race, index);
    if (gap < -BLOCK_FROM || gap > PASS_FROM) return null;
    return planLane({
      track,
      mine,
      speed,
      expected: this.#expect(race, foresight),
      line: lineAt(track, mine.along + LINE_AHEAD * speed, this.#habits),
      task: gap < -CLEAR ? 'block' : 'pass',
      before: this.#offset,
    });
  }

  /** How the other driver may go on: in his lane, and as he is foreseen. */
  #expect(race: Race, foresight: Foresight | null): ExpectedPath[] {
    const { track, racers, tick } = race;
    const { against } = this.#options;
    const { place } = racers[against];
    const speed = speedAlong(race, against);
    const inLane = LOOKS.map((inTicks) => {
      const along = wrap(place.along + (speed * inTicks) / TICK_RATE, track.length);
      return { inTicks, place: { along, offset: place.offset } };
    });
    const age = foresight ? tick - foresight.tick : Infinity;
    const foreseen = (foresight?.points ?? [])
      .filter(({ inTicks }) => inTicks > age)
      .map((point) => ({ inTicks: point.inTicks - age, place: point.place }));
    if (!foreseen.length) return [{ weight: 1, places: inLane }];
    return [
      { weight: 1 - TRUST, places: inLane },
      { weight: TRUST, places: foreseen },
    ];
  }
}

/** Less than this and the cars are side by side, metres. */
const CLEAR = 3.5;
