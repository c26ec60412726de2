import type { Moment, Types } from '../../src/core.ts';
import {
  clamp,
  DECISION_TICKS,
  isGrass,
  locate,
  nameControls,
  nearestCar,
  observe,
  stepCar,
  TICK_RATE,
  wrap,
} from './rules/index.ts';
import type { Car, Controls, OtherCar, Place, Race } from './rules/index.ts';

/** Decisions in the second that is foreseen. */
export const FORESEEN_DECISIONS = TICK_RATE / DECISION_TICKS;

/** Where a car is expected to be. */
export interface ForeseenPoint {
  /** Ticks from now. */
  readonly inTicks: number;
  readonly x: number;
  readonly y: number;
  readonly place: Place;
}

/** Continues a path of predictions: `simulate` of a tracked character, or of a predictor without a game. */
export type Simulate = (next: (predicted: Types.SimulatedStep) => Moment | null) => void;

/** Steering at the end of a decision and throttle during it; the next decision is number 1. */
type Hold = (ahead: number) => Controls;

/** A copy of a racer's car, driven ahead in time while the other car keeps its speed. */
class Ghost {
  readonly #race: Race;
  readonly #car: Car;
  readonly #power: number;
  readonly #other: OtherCar | null;
  readonly points: ForeseenPoint[] = [];
  #place: Place;
  #onGrass: boolean;
  #ticks = 0;

  constructor(race: Race, index: number) {
    const { car, place, power, onGrass } = race.racers[index];
    this.#race = race;
    this.#car = { ...car };
    this.#place = place;
    this.#power = power;
    this.#onGrass = onGrass;
    this.#other = nearestCar(race, index);
  }

  /**
   * Drives for one decision, in which the steering moves evenly to `steering`. A driver who taps keys
   * holds the steering at a middle position, which the mean of the key presses would not reproduce.
   */
  drive({ steering, throttle }: Controls): void {
    const { track } = this.#race;
    const turn = (steering - this.#car.wheel) / DECISION_TICKS;
    for (let k = 0; k < DECISION_TICKS; k++) {
      this.#car.wheel += turn;
      const controls = { steering: this.#car.wheel, throttle };
      stepCar(this.#car, controls, { onGrass: this.#onGrass, power: this.#power });
      this.#place = locate(track, this.#car.x, this.#car.y, this.#place.along);
      this.#onGrass = isGrass(track, this.#place);
    }
    this.#ticks += DECISION_TICKS;
    const { x, y } = this.#car;
    this.points.push({ inTicks: this.#ticks, x, y, place: this.#place });
  }

  /** The moment that would be recorded now. */
  moment(held: Controls): Moment {
    const { track, tick } = this.#race;
    const [car, place, onGrass] = [this.#car, this.#place, this.#onGrass];
    const other = this.#otherNow();
    return {
      tick: tick + this.#ticks,
      action: nameControls(held),
      observation: observe({ track, car, place, throttle: held.throttle, onGrass, other }),
    };
  }

  /** The other car keeps its speed and its distance from the centre line. */
  #otherNow(): OtherCar | null {
    if (!this.#other) return null;
    const { place, speed } = this.#other;
    const along = place.along + (speed * this.#ticks) / TICK_RATE;
    return { speed, place: { along: wrap(along, this.#race.track.length), offset: place.offset } };
  }
}

/** Error assumed in the predicted controls along one path. */
export interface Doubt {
  readonly steering: number;
  readonly throttle: number;
}

const NO_DOUBT: Doubt = { steering: 0, throttle: 0 };

/**
 * Where a racer will be in the next second, decision by decision: the predicted controls drive a copy
 * of the car through the rules, and the observation from there gives the next prediction. Empty while
 * nothing is predicted. Call it right after the racer's step was recorded.
 */
export function foresee(
  race: Race,
  index: number,
  simulate: Simulate,
  doubt: Doubt = NO_DOUBT,
): ForeseenPoint[] {
  const ghost = new Ghost(race, index);
  simulate(({ ahead, values }) => {
    if (ahead > FORESEEN_DECISIONS) return null;
    const held = {
      steering: clamp(values.steering + doubt.steering, -1, 1),
      throttle: clamp(values.throttle + doubt.throttle, -1, 1),
    };
    ghost.drive(held);
    return ahead < FORESEEN_DECISIONS ? ghost.moment(held) : null;
  });
  return ghost.points;
}

/** A point with its uncertainty. */
export interface DoubtedPoint extends ForeseenPoint {
  /** Root mean square error expected from the predictions' own deviations, metres. */
  readonly spread: number;
}

/** Rings are never smaller than this, metres: half a car. */
const SMALLEST_RING = 0.9;

/** Radius of the ring that the car is expected in, metres. */
export const ringOf = ({ spread }: DoubtedPoint): number => Math.max(SMALLEST_RING, spread);

/**
 * `foresee` with its uncertainty: it also follows paths on which steering or pedals deviate by the usual
 * error, always to the same side. The distance between these paths is the uncertainty of a point.
 */
export function foreseeDoubted(
  race: Race,
  index: number,
  simulate: Simulate,
  usual: Doubt,
): DoubtedPoint[] {
  const off = (doubt: Partial<Doubt>): ForeseenPoint[] =>
    foresee(race, index, simulate, { ...NO_DOUBT, ...doubt });
  const pairs = [
    [off({ steering: usual.steering }), off({ steering: -usual.steering })],
    [off({ throttle: usual.throttle }), off({ throttle: -usual.throttle })],
  ];
  return foresee(race, index, simulate).map((point, k) => {
    const halves = pairs.map(([a, b]) => Math.hypot(a[k].x - b[k].x, a[k].y - b[k].y) / 2);
    return { ...point, spread: Math.hypot(...halves) };
  });
}

/** Where a racer will be in the next second with given controls. */
export function driveOn(race: Race, index: number, hold: Hold): ForeseenPoint[] {
  const ghost = new Ghost(race, index);
  for (let ahead = 1; ahead <= FORESEEN_DECISIONS; ahead++) ghost.drive(hold(ahead));
  return ghost.points;
}
