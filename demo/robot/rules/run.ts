import { STANDING, actionOf, withinLimits } from './controls.ts';
import type { Controls, RobotAction } from './controls.ts';
import { Disturbance } from './disturbance.ts';
import type { DisturbanceOptions } from './disturbance.ts';
import { wrapAngle } from './geometry.ts';
import { Odometer } from './odometer.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { nearestWall, isFree } from './room.ts';
import type { Room } from './room.ts';
import { SENSOR_NOISE, castRays, readSensors } from './sensors.ts';
import type { Pose, SensorNoise } from './sensors.ts';
import { drawStart } from './start.ts';

/** Ticks per second. */
export const TICK_RATE = 30;
/** Ticks between two readings of the sensors, with a choice of controls at each. */
export const DECISION_TICKS = 3;
/** Radius of the robot's round body, metres. */
export const ROBOT_RADIUS = 0.15;
/** A contact counts as a new hit after this many ticks without contact. */
const FREE_TICKS = 10;

export interface RunOptions {
  readonly room: Room;
  /** Seed of the start, the noise and the disturbance. */
  readonly seed: number;
  /** Default: random. */
  readonly start?: Pose;
  readonly noise?: SensorNoise;
  readonly disturbance?: DisturbanceOptions;
}

/** A robot in a room, determined by the options and the controls. */
export class RobotRun {
  readonly room: Room;
  readonly odometer: Odometer;
  readonly #random: Random;
  readonly #noise: SensorNoise;
  readonly #disturbance: Disturbance;
  #pose: Pose;
  #tick = 0;
  #hits = 0;
  #lastContact = -Infinity;
  #lastHit = 0;
  #distance: number;
  #controls: Controls = STANDING;
  #ranges: readonly number[];

  constructor({ room, seed, start, noise = SENSOR_NOISE, disturbance }: RunOptions) {
    this.room = room;
    this.#random = createRandom(seed);
    this.#noise = noise;
    this.#pose = start ?? drawStart(room, this.#random);
    this.#disturbance = new Disturbance(this.#random, disturbance);
    this.odometer = new Odometer(room);
    this.#distance = this.odometer.move(this.#pose);
    this.#ranges = this.#sense();
  }

  get pose(): Pose {
    return this.#pose;
  }

  get tick(): number {
    return this.#tick;
  }

  /** Seconds since the start. */
  get seconds(): number {
    return this.#tick / TICK_RATE;
  }

  /** Number of hits on a wall. */
  get hits(): number {
    return this.#hits;
  }

  /** Seconds since the last hit, or since the start. */
  get secondsSinceHit(): number {
    return (this.#tick - this.#lastHit) / TICK_RATE;
  }

  /** Whether it touches a wall. */
  get isTouching(): boolean {
    return this.#tick > 0 && this.#lastContact === this.#tick;
  }

  /** Metres from its middle to the nearest wall. */
  get wallDistance(): number {
    return this.#distance;
  }

  /** The newest readings of the sensors, metres, in the order of RAY_ANGLES. */
  get ranges(): readonly number[] {
    return this.#ranges;
  }

  /** The current controls. */
  get controls(): Controls {
    return this.#controls;
  }

  /** The action of the current controls. */
  get action(): RobotAction {
    return actionOf(this.#controls);
  }

  /** Whether controls must be chosen before the next tick. */
  get isDecision(): boolean {
    return this.#tick % DECISION_TICKS === 0;
  }

  /** Sets the controls, within the limits of the motors. */
  steer(controls: Controls): void {
    this.#controls = withinLimits(controls);
  }

  /** Advances by one tick. Walls stop the robot. */
  step(): void {
    this.#tick++;
    const { turn, speed } = this.#disturbance.apply(this.#controls);
    const before = this.#pose;
    const heading = wrapAngle(before.heading + turn / TICK_RATE);
    // Midway between the old heading and the new one.
    const way = before.heading + turn / TICK_RATE / 2;
    const moved = {
      x: before.x + (Math.cos(way) * speed) / TICK_RATE,
      y: before.y + (Math.sin(way) * speed) / TICK_RATE,
    };
    const wall = nearestWall(this.room, moved);
    // The way of a tick is much shorter than the radius, so that it cannot cross a wall.
    if (wall.distance >= ROBOT_RADIUS) this.#pose = { ...moved, heading };
    else {
      this.#touch();
      this.#pose = { ...this.#slide(before, moved), heading };
    }
    this.#distance = this.odometer.move(this.#pose);
    if (this.isDecision) this.#ranges = this.#sense();
  }

  /** Moves out of the wall along its normal; returns to the old place if that is not free either. */
  #slide(before: Pose, moved: { x: number; y: number }): { x: number; y: number } {
    let at = moved;
    for (let i = 0; i < 3; i++) {
      const wall = nearestWall(this.room, at);
      if (wall.distance >= ROBOT_RADIUS - 1e-9 || wall.distance < 1e-9) break;
      const scale = (ROBOT_RADIUS + 1e-6) / wall.distance;
      at = { x: wall.x + (at.x - wall.x) * scale, y: wall.y + (at.y - wall.y) * scale };
    }
    const isGood =
      isFree(this.room, at) && nearestWall(this.room, at).distance >= ROBOT_RADIUS - 1e-9;
    return isGood ? at : { x: before.x, y: before.y };
  }

  #touch(): void {
    if (this.#tick - this.#lastContact > FREE_TICKS) {
      this.#hits++;
      this.#lastHit = this.#tick;
    }
    this.#lastContact = this.#tick;
  }

  #sense(): number[] {
    return readSensors(castRays(this.room, this.#pose), this.#noise, this.#random);
  }
}
