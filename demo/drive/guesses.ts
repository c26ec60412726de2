import { driveOn } from './foresee.ts';
import { controlsOf, poseAt, speedAlong, TICK_RATE, wrap } from './rules/index.ts';
import type { Race } from './rules/index.ts';

/** A point of the world, metres. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a racer would be after `ticks` if nothing changed. */
export type Guess = (race: Race, index: number, ticks: number) => Point;

/** The car keeps its velocity. */
export const constantVelocity: Guess = ({ racers }, index, ticks) => {
  const { x, y, vx, vy } = racers[index].car;
  const seconds = ticks / TICK_RATE;
  return { x: x + vx * seconds, y: y + vy * seconds };
};

/** The car keeps its speed and its rate of turn. */
export const constantTurn: Guess = ({ racers }, index, ticks) => {
  const { x, y, vx, vy, yaw } = racers[index].car;
  const [seconds, speed, course] = [ticks / TICK_RATE, Math.hypot(vx, vy), Math.atan2(vy, vx)];
  const half = (yaw * seconds) / 2;
  // The chord of an arc points half the turn away from the course.
  const chord = speed * seconds * (Math.abs(half) < 1e-6 ? 1 : Math.sin(half) / half);
  return { x: x + chord * Math.cos(course + half), y: y + chord * Math.sin(course + half) };
};

/** The driver keeps steering and throttle of the last decision; the rules move the car. */
export const sameControls: Guess = (race, index, ticks) => {
  const controls = controlsOf(race.racers[index]);
  return driveOn(race, index, () => controls).find(({ inTicks }) => inTicks >= ticks)!;
};

/** The car keeps its speed along the track and its distance from the centre line. */
export const alongTrack: Guess = (race, index, ticks) => {
  const { along, offset } = race.racers[index].place;
  const further = along + (speedAlong(race, index) * ticks) / TICK_RATE;
  return poseAt(race.track, { along: wrap(further, race.track.length), offset });
};

/** The baselines that the predictor is measured against, by name. */
export const GUESSES: Readonly<Record<string, Guess>> = {
  'constant velocity': constantVelocity,
  'constant turn rate': constantTurn,
  'same controls': sameControls,
  'along the track': alongTrack,
};
