import type * as Phaser from 'phaser';
import { layoutOf, pixelsPerUnit } from '../../common/screen.ts';
import { WORLD } from './world.ts';

/** Least px of the world that are shown, and px on the far sides of both fighters. */
const LEAST = 460;
const AROUND = 230;
/** After a second e^-rate of the way is left. */
const RATE = 3;

/**
 * A window that is higher than the world has its shape makes fighters small: there the camera comes closer
 * while the fighters are close.
 */
export class CloseUp {
  readonly #scene: Phaser.Scene;
  #width: number = WORLD.width;
  #middle: number = WORLD.width / 2;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
  }

  /** @param a where the fighters are, px; `seconds` since the last call */
  update(a: number, b: number, seconds: number): void {
    const { world, scale } = layoutOf(this.#scene);
    // Room for a jump, as in a wide window.
    const least = Math.max(LEAST, (WORLD.width * WORLD.height) / world.height);
    const ease = 1 - Math.exp(-RATE * seconds);
    const wanted = Math.max(least, Math.min(WORLD.width, Math.abs(a - b) + AROUND));
    this.#width += (wanted - this.#width) * ease;
    this.#middle += ((a + b) / 2 - this.#middle) * ease;
    const share = Math.max(this.#width, least) / WORLD.width;
    const half = (world.width * share) / 2;
    const x = Math.max(world.x + half, Math.min(world.x + world.width - half, this.#middle));
    // The floor line stays where it is on the screen.
    const top = WORLD.floor - (WORLD.floor - world.y) * share;
    this.#scene.cameras.main
      .setZoom((scale * pixelsPerUnit(this.#scene)) / share)
      .centerOn(x, top + (world.height * share) / 2);
  }
}
