import type { Box, Layout } from '../../common/lay-out.ts';
import type { WorldView } from '../../common/screen.ts';
import type { Point, Room } from '../rules/index.ts';

/** Area of the room in the world, px. */
export const ROOM_AREA = { left: 24, top: 46, width: 540, height: 362 } as const;

/** What is shown of the world, px: the area of the room, and its walls. */
const WORLD: Box = { x: 10, y: 32, width: 568, height: 390 };

/** Sizes of a column of the readout, units. */
export const COLUMN = { width: 184, figures: 178, gap: 16 } as const;

/** Units above the room for its name, and below it for the hint. */
const [ABOVE, BELOW] = [36, 30];

/** The room's place, and those of the two columns: to the right of the room, or below it. */
export function placeRobot({ ui, deck }: Layout): WorldView & {
  readonly columns: readonly [Point, Point];
} {
  const { width, figures, gap } = COLUMN;
  if (!deck) {
    const x = ui.width - width - gap;
    const top = Math.max(14, (ui.height - 396) / 3);
    return {
      box: { x: 0, y: ABOVE, width: x - 10, height: ui.height - ABOVE - BELOW },
      world: WORLD,
      columns: [
        { x, y: top },
        { x, y: top + figures },
      ],
    };
  }
  const height = Math.min(ui.height * 0.5, (ui.width * WORLD.height) / WORLD.width);
  const y = ABOVE + height + 8;
  const apart = Math.min(gap, (ui.width - 2 * width) / 3);
  const left = (ui.width - 2 * width - apart) / 2;
  return {
    box: { x: 0, y: ABOVE, width: ui.width, height },
    world: WORLD,
    columns: [
      { x: left, y },
      { x: left + width + apart, y },
    ],
  };
}

export const COLOURS = {
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
