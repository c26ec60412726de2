import type { Controls } from './controls.ts';
import { TICK_RATE } from './controls.ts';
import { clamp } from './maths.ts';

/** The car: metres, seconds, radians. Tuned to feel good with keys, not measured on a real car. */
export const CAR = {
  length: 4.2,
  width: 1.9,
  wheelbase: 2.6,
  /** Accelerations at full pedal, m/s^2. */
  engine: 8,
  brake: 13,
  reverse: 4,
  /** Deceleration by air, 1/m, and by rolling, m/s^2. */
  drag: 0.008,
  rolling: 0.35,
  /** Largest acceleration the tyres can give, m/s^2. */
  grip: 14,
  /** How fast the tyres reduce sideways speed, 1/s. */
  stiffness: 9,
  /** Largest angle of the front wheels at rest. */
  lock: 0.5,
  /** Speed of steering towards the held control, and back to the middle; full locks per second. */
  steerRate: 3.6,
  centreRate: 6,
  /** How fast the rate of turn approaches the one that the wheels demand, 1/s. */
  yawRate: 10,
  /** Largest rate of turn that the wheels can demand, as a share of what the tyres can give. */
  mostTurn: 1.2,
  /** Speed at which the lock has fallen to half, m/s. */
  lockSpeed: 18,
  /** On grass: share of the grip that is left, and deceleration, m/s^2. */
  grassGrip: 0.5,
  grassSlowing: 5,
  mostReverse: 6,
} as const;

/** Where a car is and how it moves. */
export interface Car {
  /** Metres. */
  x: number;
  y: number;
  /** Direction of the nose. */
  heading: number;
  /** Velocity in the world, m/s. */
  vx: number;
  vy: number;
  /** Rate of turn, rad/s. */
  yaw: number;
  /** Where the steering is, -1 to 1. */
  wheel: number;
}

export const createCar = (x: number, y: number, heading: number, speed = 0): Car => ({
  x,
  y,
  heading,
  vx: speed * Math.cos(heading),
  vy: speed * Math.sin(heading),
  yaw: 0,
  wheel: 0,
});

/** Speed along the nose, m/s; negative in reverse. */
export const speedOf = ({ vx, vy, heading }: Car): number =>
  vx * Math.cos(heading) + vy * Math.sin(heading);

/** Speed to the car's right, m/s. */
export const slipOf = ({ vx, vy, heading }: Car): number =>
  vy * Math.cos(heading) - vx * Math.sin(heading);

/** Conditions that weaken the car. */
export interface Conditions {
  readonly onGrass: boolean;
  /** Share of the engine's power; 1 = all. */
  readonly power: number;
}

/** One tick of driving. */
export function stepCar(car: Car, controls: Controls, { onGrass, power }: Conditions): void {
  const dt = 1 / TICK_RATE;
  const held = clamp(controls.steering, -1, 1);
  const isTurningIn = Math.abs(held) > Math.abs(car.wheel) && held * car.wheel >= 0;
  const rate = (isTurningIn ? CAR.steerRate : CAR.centreRate) * dt;
  car.wheel += clamp(held - car.wheel, -rate, rate);

  const speed = speedOf(car);
  const slip = slipOf(car);
  const grip = onGrass ? CAR.grip * CAR.grassGrip : CAR.grip;
  const angle = (car.wheel * CAR.lock) / (1 + Math.abs(speed) / CAR.lockSpeed);
  const mostYaw = (CAR.mostTurn * grip) / Math.max(1, Math.abs(speed));
  const wanted = clamp((speed * Math.tan(angle)) / CAR.wheelbase, -mostYaw, mostYaw);
  car.yaw += (wanted - car.yaw) * CAR.yawRate * dt;

  const pedal = pedalForce(clamp(controls.throttle, -1, 1), speed, power);
  const push = clamp(pedal, -grip, grip);
  // Grip used for acceleration is not available for turning, though some always remains.
  const sideGrip = grip * Math.sqrt(Math.max(0.3, 1 - (push / CAR.grip) ** 2 * 0.6));
  const side = clamp(-slip * CAR.stiffness, -sideGrip, sideGrip);
  const along = push - slowing(speed, onGrass);
  const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)];
  car.vx += (along * cos - side * sin) * dt;
  car.vy += (along * sin + side * cos) * dt;
  car.heading += car.yaw * dt;
  car.x += car.vx * dt;
  car.y += car.vy * dt;
}

function pedalForce(throttle: number, speed: number, power: number): number {
  if (throttle >= 0) return throttle * CAR.engine * power;
  if (speed > 0.5) return throttle * CAR.brake;
  return speed > -CAR.mostReverse ? throttle * CAR.reverse : 0;
}

/** Deceleration by air, tyres and grass, m/s^2; never more than brings the car to rest. */
function slowing(speed: number, onGrass: boolean): number {
  const air = CAR.drag * speed * Math.abs(speed);
  const ground = CAR.rolling + (onGrass && Math.abs(speed) > 5 ? CAR.grassSlowing : 0);
  return air + clamp(speed * TICK_RATE, -ground, ground);
}
