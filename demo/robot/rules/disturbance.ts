import type { Controls } from './controls.ts';
import type { Random } from './random.ts';

/** How much the wheels deviate from the controls. */
export interface DisturbanceOptions {
  /** Standard deviation of the slowly changing error of the turn rate, radians per second. */
  readonly turn: number;
  /** The same for the speed, as a share of it. */
  readonly speed: number;
  /** Pushes per second, which turn the robot for a moment. */
  readonly pushes: number;
}

/** Normal wheels: a little slip. */
export const SLIP: DisturbanceOptions = { turn: 0.08, speed: 0.05, pushes: 0 };

/**
 * Wheels that lead the teacher astray, so that the recording shows recoveries: the noise is in the
 * executed controls, not in the recorded ones, as in DART (Laskey, Lee, Fox, Dragan and Goldberg,
 * "DART: Noise Injection for Robust Imitation Learning", CoRL 2017).
 */
export const LEAD_ASTRAY: DisturbanceOptions = { turn: 0.35, speed: 0.15, pushes: 0.35 };

/** Share of the error that is left after a tick. */
const KEPT = 0.93;
const PUSH_TICKS: readonly [number, number] = [8, 22];
const PUSH_TURN: readonly [number, number] = [0.8, 2.2];
const TICKS_PER_SECOND = 30;

/** The error of the wheels, which changes from tick to tick. */
export class Disturbance {
  readonly #random: Random;
  readonly #options: DisturbanceOptions;
  #turn = 0;
  #speed = 0;
  #push = 0;
  #pushTicks = 0;

  constructor(random: Random, options: DisturbanceOptions = SLIP) {
    this.#random = random;
    this.#options = options;
  }

  /** The controls that the wheels execute in the next tick. */
  apply({ turn, speed }: Controls): Controls {
    const random = this.#random;
    const fresh = Math.sqrt(1 - KEPT * KEPT);
    this.#turn = KEPT * this.#turn + fresh * this.#options.turn * random.normal();
    this.#speed = KEPT * this.#speed + fresh * this.#options.speed * random.normal();
    if (this.#pushTicks > 0) this.#pushTicks--;
    else if (random.next() < this.#options.pushes / TICKS_PER_SECOND) {
      this.#pushTicks = Math.round(random.between(...PUSH_TICKS));
      this.#push = random.between(...PUSH_TURN) * (random.next() < 0.5 ? -1 : 1);
    }
    const push = this.#pushTicks > 0 ? this.#push : 0;
    return { turn: turn + this.#turn + push, speed: Math.max(0, speed * (1 + this.#speed)) };
  }
}
