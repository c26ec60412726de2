import type * as Phaser from 'phaser';
import { MOTION } from '../rules/index.ts';
import type { Fireball } from '../rules/index.ts';
import { PLAYER_PALETTE, RIVAL_PALETTE } from './fighter-view.ts';
import { WORLD } from './stage-view.ts';

/** Draws all fireballs of a tick. */
export class FireballView {
  readonly #graphics: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    this.#graphics = scene.add.graphics().setDepth(15);
  }

  update(fireballs: readonly Fireball[], tick: number): void {
    const g = this.#graphics.clear();
    for (const { x, direction, owner } of fireballs) {
      const color = (owner === 0 ? PLAYER_PALETTE : RIVAL_PALETTE).accent;
      const y = WORLD.floor - MOTION.fireballHeight;
      const swell = 2 * Math.sin(tick * 0.5);
      g.fillStyle(color, 0.18).fillEllipse(x - direction * 18, y, 64, 30 + swell);
      g.fillStyle(color, 0.45).fillEllipse(x - direction * 8, y, 40, 24 + swell);
      g.fillStyle(0xffffff, 0.95).fillCircle(x, y, 9 + swell / 2);
    }
  }
}
