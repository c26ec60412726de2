import type { Moment, SimulatedStep } from '../../src/core.ts';
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

/** Leads a path of predictions on; `TrackedCharacter.simulate` and a headless predictor both can. */
export type Simulate = (next: (predicted: SimulatedStep) => Moment | null) => void;

/** Where a driver's steering comes to in the next decision, 1 = the first, and his throttle during it. */
type Hold = (ahead: number) => Controls;

/** A racer's car driven on while the world around it goes on as it does. */
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
   * Drives for one decision, in which the steering comes to `steering` evenly: a driver who taps keys
   * holds it somewhere between, where the mean of what he presses would not bring it.
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

  /** What would be recorded now. */
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

/** How far off what is predicted of the controls is taken to be, for one path. */
export interface Doubt {
  readonly steering: number;
  readonly throttle: number;
}

const NO_DOUBT: Doubt = { steering: 0, throttle: 0 };

/**
 * Where a racer will be in the next second, decision by decision: the predicted controls drive a copy
 * of his car through the rules, and what is seen from there leads to the next prediction. Empty while
 * nothing is predicted. To be called when his step was just recorded.
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

/** A point with how far off it may be. */
export interface DoubtedPoint extends ForeseenPoint {
  /** Metres, root mean square, as far as the predictions know of their own errors. */
  readonly spread: number;
}

/** Rings are never smaller than this, metres: half a car. */
const SMALLEST_RING = 0.9;

/** Radius of the ring that the car is expected in, metres. */
export const ringOf = ({ spread }: DoubtedPoint): number => Math.max(SMALLEST_RING, spread);

/**
 * The same with its uncertainty: paths on which wheel and pedal are off by as much as usual, all the
 * time, to either side. How far they part is how far the driver may be from where he is expected.
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

/** Where he will be in the next second when he holds these controls. */
export function driveOn(race: Race, index: number, hold: Hold): ForeseenPoint[] {
  const ghost = new Ghost(race, index);
  for (let ahead = 1; ahead <= FORESEEN_DECISIONS; ahead++) ghost.drive(hold(ahead));
  return ghost.points;
}
