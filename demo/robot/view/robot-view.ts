import type * as Phaser from 'phaser';
import { RAY_ANGLES, RAY_RANGE, ROBOT_RADIUS } from '../rules/index.ts';
import type { Controls, Point, RobotRun } from '../rules/index.ts';
import { COLOURS, scaleOf, toCanvas } from './layout.ts';

/** Points of the trail, one per decision. */
const TRAIL = 260;
/** Pixels per metre of the drawn body, which is scaled with the room. */
const DRAWN_SCALE = 80;
/** Seconds ahead of the drawn path. */
const AHEAD_SECONDS = 1.6;

/** The robot, its rays, its trail and its predicted path. */
export class RobotView {
  /** The object that the plugin tracks. */
  readonly body: Phaser.GameObjects.Graphics;
  readonly #rays: Phaser.GameObjects.Graphics;
  readonly #trail: Point[] = [];

  constructor(scene: Phaser.Scene) {
    this.#rays = scene.add.graphics().setDepth(10);
    this.body = scene.add.graphics().setDepth(20).setName('robot');
    const radius = ROBOT_RADIUS * DRAWN_SCALE;
    this.body
      .fillStyle(COLOURS.bodyEdge, 1)
      .fillRoundedRect(-7, -radius - 3, 14, 6, 2)
      .fillRoundedRect(-7, radius - 3, 14, 6, 2)
      .fillCircle(0, 0, radius + 1.5)
      .fillStyle(COLOURS.body, 1)
      .fillCircle(0, 0, radius - 1)
      .fillStyle(0xf2683c, 1)
      .fillTriangle(radius - 2, 0, 0, -radius * 0.55, 0, radius * 0.55)
      .fillStyle(COLOURS.bodyEdge, 1)
      .fillCircle(-3.5, 0, 2);
  }

  /** Clears the trail, for another room or another start. */
  clearTrail(): void {
    this.#trail.length = 0;
  }

  /** Adds a point to the trail. Call it at every decision. */
  mark(run: RobotRun): void {
    this.#trail.push(toCanvas(run.room)(run.pose));
    if (this.#trail.length > TRAIL) this.#trail.shift();
  }

  /** @param predicted controls whose path is drawn ahead of the robot; none when null */
  update(run: RobotRun, predicted: Controls | null): void {
    const place = toCanvas(run.room);
    const at = place(run.pose);
    const scale = scaleOf(run.room);
    this.body
      .setPosition(at.x, at.y)
      .setRotation(-run.pose.heading)
      .setScale(scale / DRAWN_SCALE);
    const g = this.#rays.clear();
    this.#trail.forEach((point, i) => {
      if (i === 0) return;
      const before = this.#trail[i - 1];
      g.lineStyle(2.5, COLOURS.trail, 0.08 + (0.55 * i) / this.#trail.length);
      g.lineBetween(before.x, before.y, point.x, point.y);
    });
    RAY_ANGLES.forEach((angle, i) => {
      const direction = run.pose.heading + angle;
      const end = place({
        x: run.pose.x + Math.cos(direction) * run.ranges[i],
        y: run.pose.y + Math.sin(direction) * run.ranges[i],
      });
      g.lineStyle(1, COLOURS.ray, 0.28).lineBetween(at.x, at.y, end.x, end.y);
      // A missed echo has no end point.
      if (run.ranges[i] < RAY_RANGE) g.fillStyle(COLOURS.ray, 0.95).fillCircle(end.x, end.y, 2.5);
    });
    if (predicted) this.#path(run, predicted);
    if (run.isTouching) {
      g.lineStyle(3, COLOURS.hit, 0.9).strokeCircle(at.x, at.y, ROBOT_RADIUS * scale + 5);
    }
  }

  /** Draws the path of the controls as dots. */
  #path(run: RobotRun, { turn, speed }: Controls): void {
    const place = toCanvas(run.room);
    const step = 0.1;
    let { x, y, heading } = run.pose;
    for (let time = step; time <= AHEAD_SECONDS; time += step) {
      heading += turn * step;
      x += Math.cos(heading) * speed * step;
      y += Math.sin(heading) * speed * step;
      const dot = place({ x, y });
      const fade = 1 - time / (AHEAD_SECONDS + step);
      this.#rays.fillStyle(COLOURS.model, 0.25 + 0.75 * fade).fillCircle(dot.x, dot.y, 2.6);
    }
  }
}
