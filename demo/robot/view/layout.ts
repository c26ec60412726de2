import type { Point, Room } from '../rules/index.ts';

/** Size of the canvas, px. */
export const CANVAS = { width: 800, height: 450 } as const;

/** Area of the room on the canvas, px. */
export const ROOM_AREA = { left: 24, top: 46, width: 540, height: 362 } as const;

/** Position and width of the readout, px. */
export const READOUT = { left: 590, top: 20, width: 194 } as const;

export const COLOURS = {
  ground: 0x0f1522,
  wall: 0x3b4a68,
  wallEdge: 0x8fb4e8,
  floor: 0x1a2336,
  grid: 0x24304a,
  ray: 0x6ee7d8,
  hit: 0xff6b5e,
  trail: 0xffc857,
  body: 0xf4efe6,
  bodyEdge: 0x10141f,
  model: 0x4ade80,
  teacher: 0x7dd3fc,
  you: 0xffc857,
} as const;

/** Pixels per metre: every room fills its area. */
export function scaleOf({ width, height }: Room): number {
  return Math.min(ROOM_AREA.width / width, ROOM_AREA.height / height);
}

/** Converts points of a room to the canvas: the room is centred in its area, y downwards. */
export function toCanvas(room: Room): (point: Point) => Point {
  const scale = scaleOf(room);
  const left = ROOM_AREA.left + (ROOM_AREA.width - room.width * scale) / 2;
  const bottom = ROOM_AREA.top + (ROOM_AREA.height + room.height * scale) / 2;
  return ({ x, y }) => ({ x: left + x * scale, y: bottom - y * scale });
}
