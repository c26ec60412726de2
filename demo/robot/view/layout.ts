import { ROOM_SIZE } from '../rules/index.ts';
import type { Point, Room } from '../rules/index.ts';

/** Size of the canvas, px. */
export const CANVAS = { width: 800, height: 450 } as const;

/** Where rooms are drawn, px: the largest one just fits. */
export const ROOM_AREA = { left: 18, top: 44, width: 553, height: 368 } as const;

/** Where the readout begins, px. */
export const READOUT = { left: 590, top: 20, width: 194 } as const;

/** Pixels per metre. */
export const SCALE = 79;

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

/** Places of a room on the canvas: the room in the middle of its area, y downwards. */
export function toCanvas(room: Room): (point: Point) => Point {
  const left = ROOM_AREA.left + ((ROOM_SIZE.width - room.width) / 2) * SCALE;
  const bottom = ROOM_AREA.top + ((ROOM_SIZE.height + room.height) / 2) * SCALE;
  return ({ x, y }) => ({ x: left + x * SCALE, y: bottom - y * SCALE });
}
