import { CAR, speedOf } from '../car.ts';
import type { Controls } from '../controls.ts';
import { NO_CONTROLS, TICK_RATE } from '../controls.ts';
import { clamp, createRandom, wrapAngle } from '../maths.ts';
import type { Random } from '../maths.ts';
import { poseAt } from '../place.ts';
import type { Race, Racer } from '../race.ts';
import { Attack } from './attack.ts';
import type { Habits } from './habits.ts';
import { lineAt, speedAt } from './line.ts';

export interface DriverOptions {
  readonly habits: Habits;
  readonly seed: number;
}

/** Overrides of a driver's habits at a tick. */
export interface Orders {
  /** Offset to drive at instead of the driver's own choice, metres. */
  readonly offset?: number;
}

/** Drives by habits: looks ahead, reacts with a delay, wavers, and passes other cars. */
export class Driver {
  readonly #habits: Habits;
  readonly #random: Random;
  readonly #attack: Attack;
  readonly #waiting: Controls[] = [];
  #wobble = 0;
  #mood = 0;
  #keys = { steering: 0, throttle: 0 };

  constructor({ habits, seed }: DriverOptions) {
    this.#habits = habits;
    this.#random = createRandom(seed);
    this.#attack = new Attack(habits, this.#random);
  }

  /** The controls of this tick. Call it at every tick. */
  drive(race: Race, index: number, orders: Orders = {}): Controls {
    const { reaction, usesKeys } = this.#habits;
    const racer = race.racers[index];
    this.#waiting.push(this.#aim(race, index, orders));
    const wanted = this.#waiting.length > reaction ? this.#waiting.shift()! : NO_CONTROLS;
    // What the driver sees is delayed by the reaction time; the position of the wheel is not.
    return usesKeys ? this.#press(racer, wanted) : wanted;
  }

  /** Smooth controls towards the wanted line and speed. */
  #aim(race: Race, index: number, { offset }: Orders): Controls {
    const { track } = race;
    const { car, place } = race.racers[index];
    const { lookNear, lookTime, wobble, mood, pedal, lift } = this.#habits;
    const speed = speedOf(car);
    // Ornstein-Uhlenbeck: attention wanders, within a second or two.
    this.#wobble = this.#waver(this.#wobble, wobble, 1.2);
    this.#mood = this.#waver(this.#mood, mood, 4);
    const look = lookNear + lookTime * Math.max(0, speed);
    const along = place.along + look;
    const chosen = offset ?? this.#attack.offset(race, index) ?? lineAt(track, along, this.#habits);
    const target = poseAt(track, { along, offset: chosen + this.#wobble });
    const aim = wrapAngle(Math.atan2(target.y - car.y, target.x - car.x) - car.heading);
    const gap = Math.hypot(target.y - car.y, target.x - car.x);
    // Pure pursuit (Coulter 1992), through the car's own steering.
    const angle = Math.atan2(2 * CAR.wheelbase * Math.sin(aim), gap);
    const steering = clamp((angle * (1 + Math.abs(speed) / CAR.lockSpeed)) / CAR.lock, -1, 1);
    const wish = speedAt(track, place.along, this.#habits, CAR.grip) * (1 + this.#mood);
    const push = clamp(pedal * (wish - speed) + (wish > speed ? 0.1 : 0), -1, 1);
    return { steering, throttle: Math.abs(push) < lift ? 0 : push };
  }

  /** The same with keys, each pressed or not. A key stays pressed below the threshold that pressed it. */
  #press({ car }: Racer, wanted: Controls): Controls {
    const missing = wanted.steering - car.wheel;
    const turn = this.#keys.steering ? 0.05 : 0.14;
    const steering = Math.abs(missing) < turn ? 0 : Math.sign(missing);
    const pedal = this.#keys.throttle ? 0.12 : 0.3;
    const throttle = Math.abs(wanted.throttle) < pedal ? 0 : Math.sign(wanted.throttle);
    this.#keys = { steering, throttle };
    return this.#keys;
  }

  #waver(value: number, deviation: number, seconds: number): number {
    const keep = Math.exp(-1 / (seconds * TICK_RATE));
    return value * keep + deviation * Math.sqrt(1 - keep * keep) * this.#normal();
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}
