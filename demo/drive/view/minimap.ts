import * as Phaser from 'phaser';
import { followScreen } from '../../common/screen.ts';
import type { Point } from '../guesses.ts';
import type { Track } from '../rules/index.ts';
import { COLOURS, DEPTH } from './scale.ts';

const BOX = { width: 148, height: 100, margin: 10, padding: 10 } as const;

/** The whole track in a corner, and where the cars are. */
export class Minimap {
  readonly #dots: readonly Phaser.GameObjects.Arc[];
  readonly #toBox: (point: Point) => Point;

  constructor(scene: Phaser.Scene, { x, y }: Track, cars: number) {
    const { width, height, margin, padding } = BOX;
    // Moves with the right edge of the window.
    const box = scene.add.container(0, margin).setDepth(DEPTH.hud);
    followScreen(scene, ({ ui }) => void box.setX(ui.width - width - margin));
    const [lowX, lowY] = [Math.min(...x), Math.min(...y)];
    const [spanX, spanY] = [Math.max(...x) - lowX, Math.max(...y) - lowY];
    const scale = Math.min((width - 2 * padding) / spanX, (height - 2 * padding) / spanY);
    this.#toBox = (point) => ({
      x: width / 2 + (point.x - lowX - spanX / 2) * scale,
      y: height / 2 + (point.y - lowY - spanY / 2) * scale,
    });
    const graphics = scene.add.graphics();
    graphics.fillStyle(0x141820, 0.62).fillRoundedRect(0, 0, width, height, 8);
    const points = Array.from({ length: Math.ceil(x.length / 4) }, (_, i) => {
      const at = this.#toBox({ x: x[i * 4], y: y[i * 4] });
      return new Phaser.Math.Vector2(at.x, at.y);
    });
    graphics.lineStyle(5, 0x0c0e13, 1).strokePoints(points, true);
    graphics.lineStyle(2.5, 0xf4f0e6, 1).strokePoints(points, true);
    const start = this.#toBox({ x: x[0], y: y[0] });
    graphics.fillStyle(0xd8392f, 1).fillRect(start.x - 2, start.y - 4, 3, 8);
    this.#dots = Array.from({ length: cars }, (_, i) =>
      scene.add.circle(0, 0, 4, i ? COLOURS.rival : COLOURS.player).setStrokeStyle(1.5, 0xffffff),
    );
    // The player's dot is on top.
    box.add([graphics, ...[...this.#dots].reverse()]);
  }

  update(cars: readonly Point[]): void {
    cars.forEach((car, i) => {
      const { x, y } = this.#toBox(car);
      this.#dots[i]?.setPosition(x, y);
    });
  }
}
