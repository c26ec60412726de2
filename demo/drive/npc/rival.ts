import { Driver } from '../rules/drivers/driver.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { lineAt } from '../rules/drivers/line.ts';
import { clamp, gapAlong, speedAlong, TICK_RATE, wrap } from '../rules/index.ts';
import type { Controls, Race } from '../rules/index.ts';

import { planLane } from './plan-lane.ts';
import type { ExpectedPath, ExpectedPlace } from './plan-lane.ts';

/** Where the other driver is expected to be, at `inTicks` from `tick`. */
export interface Foresight {
  /** Tick at which this was predicted. */
  readonly tick: number;
  readonly points: readonly ExpectedPlace[];
}

/** How the rival drives when no car is near: fast, clean and always the same. */
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
  /** Indices of the rival and of its opponent among the racers. */
  readonly index: number;
  readonly against: number;
  readonly seed: number;
  readonly habits?: Habits;
}

/** Gaps within which it reacts to the other car, metres. */
const BLOCK_FROM = 24;
const PASS_FROM = 20;
/** Ticks ahead at which it expects the other car without predictions. */
const LOOKS = [10, 20, 30, 40, 50, 60];
/** Seconds ahead at which it looks up its own line. */
const LINE_AHEAD = 0.6;
/**
 * Weight of the predicted path; the rest is on a driver who keeps the lane. With a weight of 1 the rival
 * passed and blocked no better than without predictions (24 races each of 8 drivers and both tasks:
 * -0.5 and -2.0 points of the time ahead; with 0.5, +2.1 and -0.6).
 */
const TRUST = 0.5;

/**
 * The rival: ahead, it drives where the driver behind it will try to pass; behind, it drives where the
 * driver ahead will not be. Without predictions it assumes that the driver stays in the lane.
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

  /** The chosen lane, metres to the right of the centre line; null when no car is near. */
  get wantedOffset(): number | null {
    return this.#offset;
  }

  /** The controls of this tick. Call it at every tick. */
  drive(race: Race, foresight: Foresight | null): Controls {
    const { index } = this.#options;
    const wanted = this.#choose(race, foresight);
    // Changes the lane gradually.
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

  /** The paths that the other driver may take: along the lane, and as predicted. */
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

/** Below this gap the cars are side by side, metres. */
const CLEAR = 3.5;
