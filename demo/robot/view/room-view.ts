import * as Phaser from 'phaser';
import { isInside as contains } from '../rules/index.ts';
import type { Point, Room } from '../rules/index.ts';
import { COLOURS, toCanvas } from './layout.ts';

/** Thickness of the outer walls, px. */
const THICK = 10;

/** Draws the room from above: floor, walls and pillars. */
export class RoomView {
  readonly #graphics: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    this.#graphics = scene.add.graphics().setDepth(0);
  }

  /** Draws a room in place of the last one. */
  show(room: Room): void {
    const place = toCanvas(room);
    const [outline, ...pillars] = room.loops.map(({ corners }) => corners.map(place));
    const g = this.#graphics.clear();
    // A block of wall, and the floor cut out of it.
    const low = place({ x: 0, y: 0 });
    const high = place({ x: room.width, y: room.height });
    g.fillStyle(COLOURS.wall, 1).fillRoundedRect(
      low.x - THICK,
      high.y - THICK,
      high.x - low.x + 2 * THICK,
      low.y - high.y + 2 * THICK,
      THICK,
    );
    fill(g, outline, COLOURS.floor);
    this.#grid(room, place);
    g.lineStyle(2.5, COLOURS.wallEdge, 1).strokePoints(vectors(outline), true, true);
    for (const pillar of pillars) {
      fill(g, pillar, COLOURS.wall);
      g.lineStyle(2.5, COLOURS.wallEdge, 1).strokePoints(vectors(pillar), true, true);
    }
  }

  /** Draws a dot at every half metre of free floor. */
  #grid(room: Room, place: (point: Point) => Point): void {
    const g = this.#graphics.fillStyle(COLOURS.grid, 1);
    const [outline, ...pillars] = room.loops;
    for (let x = 0.5; x < room.width; x += 0.5)
      for (let y = 0.5; y < room.height; y += 0.5) {
        const inside = contains(outline.corners, { x, y });
        if (!inside || pillars.some(({ corners }) => contains(corners, { x, y }))) continue;
        const at = place({ x, y });
        g.fillCircle(at.x, at.y, 1.6);
      }
  }
}

function fill(g: Phaser.GameObjects.Graphics, points: readonly Point[], color: number): void {
  g.fillStyle(color, 1).fillPoints(vectors(points), true, true);
}

const vectors = (points: readonly Point[]): Phaser.Math.Vector2[] =>
  points.map(({ x, y }) => new Phaser.Math.Vector2(x, y));
