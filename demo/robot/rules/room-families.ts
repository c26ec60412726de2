import type { Point } from './geometry.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { createLoop } from './room.ts';
import type { Room } from './room.ts';

/** Kinds of rooms. */
export const ROOM_FAMILIES = ['convex', 'l-shaped', 'pillars', 'corridor', 'doors'] as const;
export type RoomFamily = (typeof ROOM_FAMILIES)[number];

/** Widest room, metres. */
export const ROOM_SIZE = { width: 7, height: 4.6 } as const;

/** Narrowest passages, metres: between two walls, through a door, and between pillars. */
export const NARROWEST = { corridor: 1.1, door: 0.95, pillars: 1 } as const;

/** A part of the lower or upper wall that reaches into the room. */
interface Bump {
  readonly side: 'bottom' | 'top';
  readonly x: number;
  readonly width: number;
  readonly depth: number;
}

interface Draft {
  readonly width: number;
  readonly height: number;
  readonly outline: readonly Point[];
  readonly pillars?: readonly (readonly Point[])[];
}

const drawSize = (random: Random, least = 5): { width: number; height: number } => ({
  width: random.between(least, ROOM_SIZE.width),
  height: random.between(3.6, ROOM_SIZE.height),
});

/** A rectangle with bumps, counter-clockwise. */
function outlineWith(width: number, height: number, bumps: readonly Bump[]): Point[] {
  const on = (side: Bump['side']): Bump[] =>
    bumps.filter((bump) => bump.side === side).sort((a, b) => a.x - b.x);
  const bottom = on('bottom').flatMap(({ x, width: w, depth }) => [
    { x, y: 0 },
    { x, y: depth },
    { x: x + w, y: depth },
    { x: x + w, y: 0 },
  ]);
  const top = on('top').flatMap(({ x, width: w, depth }) => [
    { x, y: height },
    { x, y: height - depth },
    { x: x + w, y: height - depth },
    { x: x + w, y: height },
  ]);
  return [
    { x: 0, y: 0 },
    ...bottom,
    { x: width, y: 0 },
    { x: width, y: height },
    ...top.reverse(),
    { x: 0, y: height },
  ];
}

/** A rectangle without some of its corners. */
function convex(random: Random): Draft {
  const { width, height } = drawSize(random);
  const cuts = Array.from({ length: 4 }, () =>
    random.next() < 0.7 ? random.between(0.4, 1.5) : 0,
  );
  const corner = (x: number, y: number, cut: number, from: Point, to: Point): Point[] =>
    cut
      ? [
          { x: x + from.x * cut, y: y + from.y * cut },
          { x: x + to.x * cut * 0.8, y: y + to.y * cut * 0.8 },
        ]
      : [{ x, y }];
  const [left, right, up, down] = [
    { x: -1, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
    { x: 0, y: -1 },
  ];
  return {
    width,
    height,
    outline: [
      ...corner(0, 0, cuts[0], up, right),
      ...corner(width, 0, cuts[1], left, up),
      ...corner(width, height, cuts[2], down, left),
      ...corner(0, height, cuts[3], right, down),
    ],
  };
}

function lShaped(random: Random): Draft {
  const { width, height } = drawSize(random);
  const w = random.between(1.5, width - 2);
  const h = random.between(1.2, height - 1.6);
  return {
    width,
    height,
    outline: [
      { x: 0, y: 0 },
      { x: width, y: 0 },
      { x: width, y: h },
      { x: w, y: h },
      { x: w, y: height },
      { x: 0, y: height },
    ],
  };
}

/** Pillars of four to six corners, with room to pass between them and the walls. */
function withPillars(random: Random): Draft {
  const { width, height } = drawSize(random);
  const placed: { x: number; y: number; radius: number }[] = [];
  const wanted = 1 + random.int(3);
  for (let tries = 0; tries < 60 && placed.length < wanted; tries++) {
    const radius = random.between(0.25, 0.55);
    const margin = NARROWEST.pillars + radius;
    const x = random.between(margin, width - margin);
    const y = random.between(margin, height - margin);
    const isApart = placed.every(
      (other) => Math.hypot(x - other.x, y - other.y) > radius + other.radius + NARROWEST.pillars,
    );
    if (isApart) placed.push({ x, y, radius });
  }
  const pillars = placed.map(({ x, y, radius }) => {
    const corners = 4 + random.int(3);
    const turned = random.between(0, Math.PI);
    return Array.from({ length: corners }, (_, i) => {
      const angle = turned - (i * 2 * Math.PI) / corners;
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    });
  });
  return { width, height, outline: outlineWith(width, height, []), pillars };
}

/** A passage with one or two turns back. */
function corridor(random: Random): Draft {
  const { width, height } = drawSize(random, 5.6);
  const count = 1 + random.int(2);
  const thickness = random.between(0.25, 0.7);
  const lane = (width - count * thickness) / (count + 1);
  const first = random.int(2);
  const bumps = Array.from({ length: count }, (_, i): Bump => ({
    side: (i + first) % 2 ? 'top' : 'bottom',
    x: lane + i * (lane + thickness),
    width: thickness,
    depth: height - random.between(NARROWEST.corridor, 1.6),
  }));
  return { width, height, outline: outlineWith(width, height, bumps) };
}

/** Two or three rooms with a door between neighbours. */
function doors(random: Random): Draft {
  const { width, height } = drawSize(random, 5.6);
  const count = 1 + random.int(2);
  const lane = width / (count + 1);
  const bumps = Array.from({ length: count }, (_, i): Bump[] => {
    const thickness = random.between(0.12, 0.3);
    const x = lane * (i + 1) - thickness / 2 + random.between(-0.2, 0.2);
    const gap = random.between(NARROWEST.door, 1.25);
    const below = random.between(0.5, height - gap - 0.5);
    return [
      { side: 'bottom', x, width: thickness, depth: below },
      { side: 'top', x, width: thickness, depth: height - below - gap },
    ];
  }).flat();
  return { width, height, outline: outlineWith(width, height, bumps) };
}

const DRAFTS: Readonly<Record<RoomFamily, (random: Random) => Draft>> = {
  convex,
  'l-shaped': lShaped,
  pillars: withPillars,
  corridor,
  doors,
};

/** Mirrored left to right; reverses the corners, so that their direction of rotation stays. */
const mirror = (points: readonly Point[], width: number): Point[] =>
  points.map(({ x, y }) => ({ x: width - x, y })).reverse();

/** The room of a seed, always the same. The seed decides the family too, unless one is given. */
export function createRoom(seed: number, family?: RoomFamily): Room {
  const random = createRandom(seed);
  const drawn = ROOM_FAMILIES[random.int(ROOM_FAMILIES.length)];
  const kind = family ?? drawn;
  const { width, height, outline, pillars = [] } = DRAFTS[kind](random);
  const mirrored = random.next() < 0.5;
  const loops = [outline, ...pillars].map((corners) =>
    createLoop(mirrored ? mirror(corners, width) : corners),
  );
  return { family: kind, seed, width, height, loops };
}
