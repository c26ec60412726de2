import { describe, expect, it } from 'vitest';
import {
  LEAD_ASTRAY,
  NO_NOISE,
  RAY_ANGLES,
  RAY_RANGE,
  ROBOT_RADIUS,
  RobotRun,
  ROOM_FAMILIES,
  SENSOR_NOISE,
  castRays,
  createRandom,
  createRoom,
  drawStart,
  isFree,
  nearestWall,
  observe,
  readSensors,
  runTrial,
  teach,
} from '../../../../demo/robot/rules/index.ts';
import type { Pose, Room } from '../../../../demo/robot/rules/index.ts';

/** Metres to the first point that is not free, searched in small steps, without segments. */
function marchRay(room: Room, { x, y }: Pose, direction: number): number {
  const step = 0.002;
  for (let length = 0; length < RAY_RANGE; length += step) {
    const at = { x: x + Math.cos(direction) * length, y: y + Math.sin(direction) * length };
    if (!isFree(room, at)) return length;
  }
  return RAY_RANGE;
}

describe('range sensors', () => {
  it('agree with a march along each ray', () => {
    for (let seed = 0; seed < 25; seed++) {
      const room = createRoom(seed, ROOM_FAMILIES[seed % 5]);
      const pose = drawStart(room, createRandom(seed));
      castRays(room, pose).forEach((length, i) => {
        const marched = marchRay(room, pose, pose.heading + RAY_ANGLES[i]);
        expect(Math.abs(length - marched), `room ${seed}, ray ${i}`).toBeLessThan(0.01);
      });
    }
  });

  it('have the specified errors', () => {
    const random = createRandom(3);
    const readings = Array.from({ length: 4000 }, () => readSensors([1], SENSOR_NOISE, random)[0]);
    const heard = readings.filter((reading) => reading < RAY_RANGE);
    expect(1 - heard.length / readings.length).toBeCloseTo(SENSOR_NOISE.missed, 2);
    const mean = heard.reduce((sum, one) => sum + one, 0) / heard.length;
    const square = heard.reduce((sum, one) => sum + (one - mean) ** 2, 0) / heard.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(square)).toBeCloseTo(SENSOR_NOISE.metres + SENSOR_NOISE.share, 2);
  });
});

describe('RobotRun', () => {
  const drive = (seed: number) => {
    const run = new RobotRun({ room: createRoom(seed), seed, disturbance: LEAD_ASTRAY });
    const seen: unknown[] = [];
    for (let i = 0; i < 600; i++) {
      if (run.isDecision) {
        run.steer(teach(run.ranges));
        seen.push(run.pose, observe(run));
      }
      run.step();
    }
    return seen;
  };

  it('is determined by its seed', () => {
    expect(drive(4)).toEqual(drive(4));
    expect(drive(4)).not.toEqual(drive(5));
  });

  it('stops at walls with any controls, and counts a contact once', () => {
    const room = createRoom(2, 'doors');
    const random = createRandom(9);
    const run = new RobotRun({ room, seed: 2, noise: NO_NOISE });
    for (let i = 0; i < 3000; i++) {
      if (i % 40 === 0) run.steer({ turn: random.between(-1.8, 1.8), speed: 0.6 });
      run.step();
      expect(isFree(room, run.pose)).toBe(true);
      expect(nearestWall(room, run.pose).distance).toBeGreaterThanOrEqual(ROBOT_RADIUS - 1e-6);
    }
    expect(run.hits).toBeGreaterThan(3);
    expect(run.hits).toBeLessThan(3000 / 40);
  });

  it('counts one hit for leaning on a wall', () => {
    const start = { x: 1, y: 2, heading: Math.PI };
    const run = new RobotRun({ room: createRoom(1, 'l-shaped'), seed: 1, start });
    for (let i = 0; i < 300; i++) {
      run.steer({ turn: 0, speed: 0.5 });
      run.step();
    }
    expect(run.hits).toBe(1);
    expect(run.isTouching).toBe(true);
  });
});

describe('runTrial', () => {
  const options = { room: createRoom(11, 'convex'), seed: 11, seconds: 60 };

  it('counts following the wall as complete, but not standing or spinning', () => {
    expect(runTrial(options, (run) => teach(run.ranges)).completes).toBe(true);
    expect(runTrial(options, () => ({ turn: 0, speed: 0 }))).toMatchObject({
      hits: 0,
      completes: false,
    });
    expect(runTrial(options, () => ({ turn: 1.8, speed: 0.05 })).completes).toBe(false);
  });

  it('reports the time of the first hit', () => {
    const result = runTrial(options, () => ({ turn: 0, speed: 0.5 }));
    expect(result.hits).toBeGreaterThan(0);
    expect(result.secondsToHit).toBeLessThan(20);
    expect(result.completes).toBe(false);
  });
});
