import * as Phaser from 'phaser';
import type { Point } from '../guesses.ts';
import type { Track } from '../rules/index.ts';
import { COLOURS, DEPTH, SCREEN } from './scale.ts';

const BOX = { width: 148, height: 92, margin: 10, padding: 10 } as const;

/** The whole track in a corner, and where the cars are. */
export class Minimap {
  readonly #dots: readonly Phaser.GameObjects.Arc[];
  readonly #toScreen: (point: Point) => Point;

  constructor(scene: Phaser.Scene, { x, y }: Track, cars: number) {
    const { width, height, margin, padding } = BOX;
    const [left, top] = [SCREEN.width - width - margin, margin];
    const [lowX, lowY] = [Math.min(...x), Math.min(...y)];
    const [spanX, spanY] = [Math.max(...x) - lowX, Math.max(...y) - lowY];
    const scale = Math.min((width - 2 * padding) / spanX, (height - 2 * padding) / spanY);
    this.#toScreen = (point) => ({
      x: left + width / 2 + (point.x - lowX - spanX / 2) * scale,
      y: top + height / 2 + (point.y - lowY - spanY / 2) * scale,
    });
    const graphics = scene.add.graphics().setDepth(DEPTH.hud);
    graphics.fillStyle(0x141820, 0.62).fillRoundedRect(left, top, width, height, 8);
    const points = Array.from({ length: Math.ceil(x.length / 4) }, (_, i) => {
      const at = this.#toScreen({ x: x[i * 4], y: y[i * 4] });
      return new Phaser.Math.Vector2(at.x, at.y);
    });
    graphics.lineStyle(5, 0x0c0e13, 1).strokePoints(points, true);
    graphics.lineStyle(2.5, 0xf4f0e6, 1).strokePoints(points, true);
    const start = this.#toScreen({ x: x[0], y: y[0] });
    graphics.fillStyle(0xd8392f, 1).fillRect(start.x - 2, start.y - 4, 3, 8);
    this.#dots = Array.from({ length: cars }, (_, i) =>
      scene.add
        .circle(0, 0, 4, i ? COLOURS.rival : COLOURS.player)
        .setStrokeStyle(1.5, 0xffffff)
        .setDepth(DEPTH.hud + (i ? 1 : 2)),
    );
  }

  update(cars: readonly Point[]): void {
    cars.forEach((car, i) => {
      const { x, y } = this.#toScreen(car);
      this.#dots[i]?.setPosition(x, y);
    });
  }
}
