import * as Phaser from 'phaser';
import { bake } from '../../common/bake.ts';
import { MOTION } from '../rules/index.ts';
import type { Fireball } from '../rules/index.ts';
import { WORLD } from './world.ts';

const SIZE = { width: 72, height: 48 };
/** Most fireballs that can be drawn; the rules allow one per side. */
const MOST = 4;

/** Draws all fireballs of a tick. */
export class FireballView {
  readonly #images: readonly {
    readonly glow: Phaser.GameObjects.Image;
    readonly core: Phaser.GameObjects.Image;
  }[];
  readonly #glows: readonly [number, number];
  readonly #scale: number;

  /** @param glows colours of both sides, 0xRRGGBB */
  constructor(scene: Phaser.Scene, glows: readonly [number, number]) {
    this.#glows = glows;
    const { key, scale } = bake(scene, 'fireball-glow', SIZE, drawGlow);
    const core = bake(scene, 'fireball-core', { width: 32, height: 32 }, drawCore);
    this.#scale = scale;
    this.#images = Array.from({ length: MOST }, () => ({
      glow: scene.add.image(0, 0, key).setDepth(15).setBlendMode(Phaser.BlendModes.ADD),
      core: scene.add.image(0, 0, core.key).setDepth(16).setScale(core.scale),
    }));
  }

  update(fireballs: readonly Fireball[], tick: number): void {
    this.#images.forEach(({ glow, core }, i) => {
      const ball = fireballs[i];
      glow.setVisible(ball !== undefined);
      core.setVisible(ball !== undefined);
      if (!ball) return;
      const y = WORLD.floor - MOTION.fireballHeight;
      const swell = 1 + 0.12 * Math.sin(tick * 0.6);
      glow
        .setPosition(ball.x - ball.direction * 14, y)
        .setScale(this.#scale * ball.direction * 1.5, this.#scale * swell * 1.25)
        .setTint(this.#glows[ball.owner]);
      core.setPosition(ball.x, y).setRotation(tick * 0.3 * ball.direction);
    });
  }
}

function drawGlow(c: CanvasRenderingContext2D): void {
  c.translate(44, 24);
  c.scale(1, 0.8);
  const light = c.createRadialGradient(6, 0, 2, -4, 0, 28);
  light.addColorStop(0, 'rgba(255,255,255,1)');
  light.addColorStop(0.35, 'rgba(255,255,255,0.55)');
  light.addColorStop(1, 'rgba(255,255,255,0)');
  c.fillStyle = light;
  c.beginPath();
  c.moveTo(24, 0);
  c.quadraticCurveTo(10, -30, -44, 0);
  c.quadraticCurveTo(10, 30, 24, 0);
  c.fill();
}

function drawCore(c: CanvasRenderingContext2D): void {
  c.translate(16, 16);
  const light = c.createRadialGradient(0, 0, 2, 0, 0, 14);
  light.addColorStop(0, '#ffffff');
  light.addColorStop(0.6, 'rgba(255,255,255,0.9)');
  light.addColorStop(1, 'rgba(255,255,255,0)');
  c.fillStyle = light;
  for (let i = 0; i < 3; i++) {
    c.rotate((Math.PI * 2) / 3);
    c.beginPath();
    c.ellipse(3, 0, 12, 8, 0, 0, 7);
    c.fill();
  }
}
