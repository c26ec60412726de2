import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { driveOn, foresee, foreseeDoubted } from '../../../demo/drive/foresee.ts';
import type { Simulate } from '../../../demo/drive/foresee.ts';
import { constantTurn, constantVelocity, GUESSES } from '../../../demo/drive/guesses.ts';
import { heldOutRows } from '../../../demo/drive/pretrain/held-out.ts';
import { createRace, createTrack, stepRace } from '../../../demo/drive/rules/index.ts';
import type { Race } from '../../../demo/drive/rules/index.ts';
import { readCheckpoint } from '../../../src/core.ts';

const FILE = 'assets/checkpoints/driver.safetensors';

/** A predictor that always predicts these controls. */
const expecting =
  (steering: number, throttle: number): Simulate =>
  (next) => {
    for (let ahead = 1; ; ahead++) {
      const probabilities = new Float32Array(9);
      if (!next({ ahead, probabilities, values: { steering, throttle } })) return;
    }
  };

function turning(): Race {
  const race = createRace(createTrack(202), [{ along: 0, speed: 12 }, { along: 15 }]);
  for (let i = 0; i < 60; i++)
    stepRace(race, [
      { steering: 0.2, throttle: 0.6 },
      { steering: 0, throttle: 0.5 },
    ]);
  return race;
}

const off = (race: Race, { x, y }: { x: number; y: number }): number =>
  Math.hypot(race.racers[0].car.x - x, race.racers[0].car.y - y);

describe('foresee', () => {
  it('gives the path that the car takes when the prediction is right', () => {
    const race = turning();
    const points = foresee(race, 0, expecting(0.2, 0.6));
    expect(points.map(({ inTicks }) => inTicks)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(driveOn(race, 0, () => ({ steering: 0.2, throttle: 0.6 }))).toEqual(points);
    const before = JSON.stringify(race.racers[0].car);
    for (let i = 0; i < 60; i++)
      stepRace(race, [
        { steering: 0.2, throttle: 0.6 },
        { steering: 0, throttle: 0.5 },
      ]);
    expect(JSON.stringify(race.racers[0].car)).not.toBe(before);
    expect(off(race, points[5])).toBeLessThan(0.05);
  });

  it('gives no points while nothing is predicted', () => {
    expect(foresee(turning(), 0, () => {})).toEqual([]);
  });

  it('is less certain the farther ahead a point is', () => {
    const points = foreseeDoubted(turning(), 0, expecting(0.2, 0.6), {
      steering: 0.1,
      throttle: 0.2,
    });
    for (let k = 1; k < points.length; k++)
      expect(points[k].spread).toBeGreaterThan(points[k - 1].spread);
  });
});

describe('guesses', () => {
  it('continue a velocity, or a rate of turn', () => {
    const race = createRace(createTrack(202), [{ along: 0, speed: 10 }]);
    const { car } = race.racers[0];
    const straight = constantVelocity(race, 0, 60);
    expect(Math.hypot(straight.x - car.x, straight.y - car.y)).toBeCloseTo(10, 6);
    car.yaw = Math.PI / 2;
    // A quarter of a circle of radius v / yaw.
    const turned = constantTurn(race, 0, 60);
    const radius = 10 / car.yaw;
    expect(Math.hypot(turned.x - car.x, turned.y - car.y)).toBeCloseTo(radius * Math.SQRT2, 6);
  });
});

describe('the pretrained driver', async () => {
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(FILE)), FILE);

  it('is small, and reports its held-out accuracy', () => {
    expect(statSync(FILE).size).toBeLessThan(200_000);
    expect(checkpoint.model.continuous).toEqual(['steering', 'throttle']);
    expect(checkpoint.metrics.heldOutLoss).toBeGreaterThan(0);
  });

  it('has less than 60 % of the error of constant velocity a second ahead, on parts of held-out laps', async () => {
    const rows = await heldOutRows({ checkpoint, seconds: 8, tracks: [902] });
    const [all] = rows;
    expect(all.drivers).toBe('new drivers, new tracks');
    for (const { ratio, drivers } of rows) expect(ratio, drivers).toBeLessThan(0.6);
    // The other baselines are stronger.
    for (const name of Object.keys(GUESSES))
      expect(all.errors.model, name).toBeLessThan(0.6 * all.errors[name]);
  });
});
