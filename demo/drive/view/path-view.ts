import * as Phaser from 'phaser';
import { ringOf } from '../foresee.ts';
import type { DoubtedPoint } from '../foresee.ts';
import type { Point } from '../guesses.ts';
import { TICK_RATE } from '../rules/index.ts';
import { COLOURS, DEPTH, SCALE } from './scale.ts';

/** A predicted second of driving. */
export interface ForeseenPath {
  /** Where the car was when it was predicted. */
  readonly start: Point;
  readonly points: readonly DoubtedPoint[];
  /** Where the car would be after the second at constant velocity. */
  readonly constantVelocity: Point;
}

/** Points drawn between two decisions. */
const FINE = 5;
/** Half the ribbon's width where it begins, metres. */
const NARROW = 0.5;
const WIDEST = 3.2;

interface Knot extends Point {
  /** Half the width, metres. */
  readonly half: number;
  /** Radius of the ring that the car is expected in, metres. */
  readonly ring: number;
  /** 0 at the car, 1 a second ahead. */
  readonly share: number;
}

/** Draws where the car will be: a ribbon that fades and widens, a dot for each decision. */
export class PathView {
  readonly #graphics: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    this.#graphics = scene.add.graphics().setDepth(DEPTH.path);
  }

  /** @param age ticks since the path was foreseen */
  draw(path: ForeseenPath | null, car: Point, age: number): void {
    const graphics = this.#graphics.clear();
    if (!path?.points.length) return;
    const ahead = path.points.filter(({ inTicks }) => inTicks > age);
    const knots: Knot[] = [
      { ...car, half: NARROW, ring: 0, share: 0 },
      ...ahead.map((point) => ({
        x: point.x,
        y: point.y,
        half: Math.min(WIDEST, NARROW + point.spread),
        ring: ringOf(point),
        share: point.inTicks / TICK_RATE,
      })),
    ];
    const fine = smooth(knots);
    for (let i = 1; i < fine.length; i++) this.#band(fine[i - 1], fine[i]);
    for (const { x, y, share } of knots.slice(1)) {
      graphics.fillStyle(COLOURS.foreseen, 0.95 - 0.45 * share);
      graphics.fillCircle(x * SCALE, y * SCALE, 2.2 + 1.4 * share);
    }
    const last = knots[knots.length - 1];
    graphics.lineStyle(1.5, COLOURS.foreseen, 0.85);
    graphics.strokeCircle(last.x * SCALE, last.y * SCALE, last.ring * SCALE);
    const { x, y } = path.constantVelocity;
    graphics.lineStyle(1.5, COLOURS.constantVelocity, 0.8);
    graphics.strokeCircle(x * SCALE, y * SCALE, 5);
  }

  #band(from: Knot, to: Knot): void {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [-dy / length, dx / length];
    const corner = ({ x, y, half }: Knot, side: number): Phaser.Math.Vector2 =>
      new Phaser.Math.Vector2((x + side * half * nx) * SCALE, (y + side * half * ny) * SCALE);
    const corners = [corner(from, -1), corner(to, -1), corner(to, 1), corner(from, 1)];
    this.#graphics.fillStyle(COLOURS.foreseen, 0.7 * (1 - 0.7 * to.share));
    this.#graphics.fillPoints(corners, true);
  }
}

/** Catmull-Rom through the knots. */
function smooth(knots: readonly Knot[]): Knot[] {
  const fine: Knot[] = [knots[0]];
  for (let i = 1; i < knots.length; i++) {
    const [a, b] = [knots[i - 1], knots[i]];
    const [before, after] = [knots[i - 2] ?? a, knots[i + 1] ?? b];
    for (let k = 1; k <= FINE; k++) {
      const t = k / FINE;
      const blend = (of: (knot: Knot) => number): number => {
        const [p0, p1, p2, p3] = [of(before), of(a), of(b), of(after)];
        return (
          0.5 *
          (2 * p1 +
            (p2 - p0) * t +
            (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
            (3 * p1 - p0 - 3 * p2 + p3) * t * t * t)
        );
      };
      const mix = (of: (knot: Knot) => number): number => of(a) + t * (of(b) - of(a));
      fine.push({
        x: blend((knot) => knot.x),
        y: blend((knot) => knot.y),
        half: mix((knot) => knot.half),
        ring: b.ring,
        share: mix((knot) => knot.share),
      });
    }
  }
  return fine;
}
