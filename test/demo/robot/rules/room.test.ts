import { describe, expect, it } from 'vitest';
import {
  Odometer,
  ROOM_FAMILIES,
  ROOM_SIZE,
  createLoop,
  createRandom,
  createRoom,
  distanceBetween,
  drawStart,
  isFree,
  nearestWall,
} from '../../../../demo/robot/rules/index.ts';
import type { Point, Room } from '../../../../demo/robot/rules/index.ts';

const SQUARE: Room = {
  family: 'test',
  seed: 0,
  width: 4,
  height: 4,
  loops: [
    createLoop([
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
    ]),
  ],
};

/** Twice the signed area within the corners: above 0 for counter-clockwise ones. */
const area = (corners: readonly Point[]): number =>
  corners.reduce((sum, a, i) => {
    const b = corners[(i + 1) % corners.length];
    return sum + a.x * b.y - b.x * a.y;
  }, 0);

describe.each(ROOM_FAMILIES)('rooms of the family %s', (family) => {
  const rooms = Array.from({ length: 40 }, (_, i) => createRoom(i, family));

  it('are the same for the same seed, and differ between seeds', () => {
    expect(createRoom(7, family)).toEqual(rooms[7]);
    expect(new Set(rooms.map((room) => JSON.stringify(room.loops))).size).toBe(40);
  });

  it('lie within their bounds, the outline counter-clockwise and the pillars clockwise', () => {
    for (const { loops, width, height } of rooms) {
      expect(width).toBeLessThanOrEqual(ROOM_SIZE.width);
      expect(height).toBeLessThanOrEqual(ROOM_SIZE.height);
      for (const { x, y } of loops.flatMap(({ corners }) => corners)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(height);
      }
      loops.forEach(({ corners }, i) => expect(Math.sign(area(corners))).toBe(i ? -1 : 1));
    }
  });

  it('have free places to start from, away from walls', () => {
    for (const room of rooms) {
      const start = drawStart(room, createRandom(room.seed));
      expect(isFree(room, start)).toBe(true);
      expect(nearestWall(room, start).distance).toBeGreaterThanOrEqual(0.4);
    }
  });
});

describe('nearestWall', () => {
  it('agrees with a search over many points of the walls', () => {
    const random = createRandom(5);
    for (let seed = 0; seed < 30; seed++) {
      const room = createRoom(seed);
      const at = { x: random.between(0, room.width), y: random.between(0, room.height) };
      let least = Infinity;
      for (const { a, b } of room.loops.flatMap(({ segments }) => segments))
        for (let i = 0; i <= 2000; i++) {
          const share = i / 2000;
          const point = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
          least = Math.min(least, distanceBetween(at, point));
        }
      const { distance } = nearestWall(room, at);
      expect(distance).toBeLessThanOrEqual(least + 1e-9);
      expect(distance).toBeGreaterThan(least - 0.005);
    }
  });
});

describe('Odometer', () => {
  const walk = (turns: number): Odometer => {
    const odometer = new Odometer(SQUARE);
    const ticks = Math.abs(turns) * 400;
    for (let i = 0; i <= ticks; i++) {
      const angle = ((turns * 2 * Math.PI) / ticks) * i;
      odometer.move({ x: 2 + 1.5 * Math.cos(angle), y: 2 + 1.5 * Math.sin(angle) });
    }
    return odometer;
  };

  it('counts rounds with the wall on the right, and none in the other direction', () => {
    expect(walk(2).laps).toBeCloseTo(2, 6);
    expect(walk(2).metres).toBeCloseTo(32, 6);
    expect(walk(-1).laps).toBeCloseTo(-1, 6);
  });

  it('counts nothing for standing and spinning', () => {
    const odometer = new Odometer(SQUARE);
    for (let i = 0; i < 100; i++) odometer.move({ x: 1, y: 2 });
    expect(odometer.metres).toBe(0);
  });
});
