import { describe, expect, it } from 'vitest';
import {
  CAR,
  createCar,
  createRandom,
  slipOf,
  speedOf,
  stepCar,
} from '../../../../demo/drive/rules/index.ts';
import type { Car, Controls } from '../../../../demo/drive/rules/index.ts';

const ASPHALT = { onGrass: false, power: 1 };

function drive(car: Car, controls: Controls, ticks: number, conditions = ASPHALT): Car {
  for (let i = 0; i < ticks; i++) stepCar(car, controls, conditions);
  return car;
}

describe('the car', () => {
  it('is deterministic to the last bit', () => {
    const play = (): Car => {
      const random = createRandom(5);
      const car = createCar(0, 0, 1);
      for (let i = 0; i < 3000; i++)
        stepCar(
          car,
          { steering: 2 * random() - 1, throttle: 1.4 * random() - 0.4 },
          { onGrass: i % 700 > 600, power: 1 },
        );
      return car;
    };
    expect(play()).toEqual(play());
  });

  it('reaches its top speed and keeps it', () => {
    const car = drive(createCar(0, 0, 0), { steering: 0, throttle: 1 }, 60 * 20);
    expect(speedOf(car)).toBeGreaterThan(28);
    expect(speedOf(car)).toBeLessThan(32);
    expect(car.y).toBeCloseTo(0, 6);
  });

  it('turns to the side it steers to, and slides a little outwards', () => {
    const right = drive(createCar(0, 0, 0, 15), { steering: 1, throttle: 0.5 }, 40);
    const left = drive(createCar(0, 0, 0, 15), { steering: -1, throttle: 0.5 }, 40);
    expect(right.heading).toBeGreaterThan(0.3);
    expect(left.heading).toBeCloseTo(-right.heading, 9);
    expect(slipOf(right)).toBeLessThan(0);
  });

  it('stops when it brakes, then backs up slowly', () => {
    const car = drive(createCar(0, 0, 0, 25), { steering: 0, throttle: -1 }, 130);
    expect(Math.abs(speedOf(car))).toBeLessThan(2);
    drive(car, { steering: 0, throttle: -1 }, 600);
    expect(speedOf(car)).toBeGreaterThan(-CAR.mostReverse - 1);
    expect(speedOf(car)).toBeLessThan(-3);
  });

  it('comes to rest on its own', () => {
    const car = drive(createCar(0, 0, 0, 6), { steering: 0, throttle: 0 }, 60 * 30);
    expect(Math.abs(speedOf(car))).toBeLessThan(1e-3);
  });

  it('is slower on grass and turns less there', () => {
    const run = (onGrass: boolean): Car =>
      drive(createCar(0, 0, 0, 20), { steering: 1, throttle: 1 }, 60, { onGrass, power: 1 });
    expect(speedOf(run(true))).toBeLessThan(speedOf(run(false)) - 2);
    expect(run(true).heading).toBeLessThan(run(false).heading);
  });
});
