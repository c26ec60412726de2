import type { Car } from './car.ts';
import { slipOf, speedOf } from './car.ts';
import { clamp, wrapAngle } from './maths.ts';
import type { Place } from './place.ts';
import { gapAlong } from './place.ts';
import type { Race } from './race.ts';
import type { Track } from './track.ts';
import { indexAlong, meanCurvature } from './track.ts';

/** Stretches of the track ahead whose mean curvature is observed, metres. */
const STRETCHES = [0, 6, 12, 20, 30, 42, 58, 80] as const;
/** Distance up to which another car is observed, metres. */
const SIGHT = 35;

const curvatureName = (i: number): string => `curvature${STRETCHES[i]}`;

/**
 * The observation of a driver: the position of the steering (not the keys, which are tapped), the
 * throttle (the mean of the last decision), how the car moves, where it is on the track, the track
 * ahead, and the nearest car, if there is one.
 */
export const DRIVE_OBSERVATION = [
  { kind: 'number', name: 'steering', min: -1, max: 1 },
  { kind: 'number', name: 'throttle', min: -1, max: 1 },
  { kind: 'number', name: 'speed', unit: 'm/s' },
  { kind: 'number', name: 'slip', unit: 'm/s' },
  { kind: 'number', name: 'yaw', unit: 'rad/s' },
  { kind: 'number', name: 'offset', unit: 'm' },
  { kind: 'number', name: 'angle', unit: 'rad' },
  ...STRETCHES.slice(1).map(
    (_, i) => ({ kind: 'number', name: curvatureName(i), unit: 'rad/m' }) as const,
  ),
  { kind: 'boolean', name: 'onGrass' },
  { kind: 'boolean', name: 'rivalNear' },
  { kind: 'number', name: 'rivalAhead', min: -SIGHT, max: SIGHT, unit: 'm' },
  { kind: 'number', name: 'rivalRight', min: -12, max: 12, unit: 'm' },
  { kind: 'number', name: 'rivalFaster', min: -15, max: 15, unit: 'm/s' },
] as const;

/** What is observed of another car. */
export interface OtherCar {
  readonly place: Place;
  /** Along the track, m/s. */
  readonly speed: number;
}

/** The state that an observation is computed from. */
export interface View {
  readonly track: Track;
  readonly car: Car;
  readonly place: Place;
  /** Of the last decision. */
  readonly throttle: number;
  readonly onGrass: boolean;
  readonly other: OtherCar | null;
}

export type DriveObservation = Readonly<Record<string, number | boolean>>;

export function observe({ track, car, place, throttle, onGrass, other }: View): DriveObservation {
  const ahead = other ? gapAlong(track, place.along, other.place.along) : Infinity;
  const near = other && Math.abs(ahead) < SIGHT ? other : null;
  const speed = speedOf(car);
  return {
    steering: car.wheel,
    throttle,
    speed,
    slip: slipOf(car),
    yaw: car.yaw,
    offset: place.offset,
    angle: wrapAngle(car.heading - track.heading[indexAlong(track, place.along)]),
    ...Object.fromEntries(
      STRETCHES.slice(1).map((to, i) => [
        curvatureName(i),
        meanCurvature(track, place.along + STRETCHES[i], place.along + to),
      ]),
    ),
    onGrass,
    rivalNear: near !== null,
    rivalAhead: near ? ahead : 0,
    rivalRight: near ? clamp(near.place.offset - place.offset, -12, 12) : 0,
    rivalFaster: near ? clamp(near.speed - speed, -15, 15) : 0,
  };
}

/** Speed of a racer along the track, m/s. */
export function speedAlong({ track, racers }: Race, index: number): number {
  const { car, place } = racers[index];
  const heading = track.heading[indexAlong(track, place.along)];
  return car.vx * Math.cos(heading) + car.vy * Math.sin(heading);
}

/** The car nearest to a racer along the track; null when the racer is alone. */
export function nearestCar(race: Race, index: number): OtherCar | null {
  const { track, racers } = race;
  const { along } = racers[index].place;
  let nearest: OtherCar | null = null;
  let least = Infinity;
  racers.forEach(({ place }, i) => {
    const gap = Math.abs(gapAlong(track, along, place.along));
    if (i === index || gap >= least) return;
    least = gap;
    nearest = { place, speed: speedAlong(race, i) };
  });
  return nearest;
}

/** The current observation of a racer. */
export function observeRacer(race: Race, index: number): DriveObservation {
  const { track } = race;
  const { car, place, throttle, onGrass } = race.racers[index];
  return observe({
    track,
    car,
    place,
    throttle: throttle.mean,
    onGrass,
    other: nearestCar(race, index),
  });
}
