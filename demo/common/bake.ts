import type * as Phaser from 'phaser';
import { pixelsPerUnit } from './screen.ts';

export interface BakedSize {
  /** World px. */
  readonly width: number;
  readonly height: number;
}

/** Texture pixels per world px are rounded up to a multiple of this, so that few sizes are needed. */
const STEP = 0.5;

/**
 * Draws an image once into a texture, as sharp as the screen; later calls reuse it. An image made of
 * hundreds of shapes then costs one rectangle per frame. The texture lives as long as the game.
 *
 * @param draw draws in world px, the upper left corner at 0, 0
 * @returns key of the texture, and the scale at which it has its size in world px
 */
export function bake(
  scene: Phaser.Scene,
  name: string,
  size: BakedSize,
  draw: (context: CanvasRenderingContext2D) => void,
): { readonly key: string; readonly scale: number } {
  const pixels = Math.ceil(pixelsPerUnit(scene) / STEP) * STEP;
  const key = `${name}@${pixels}`;
  const scale = 1 / pixels;
  if (scene.textures.exists(key)) return { key, scale };
  const texture = scene.textures.createCanvas(
    key,
    Math.ceil(size.width * pixels),
    Math.ceil(size.height * pixels),
  );
  if (texture) {
    texture.context.scale(pixels, pixels);
    draw(texture.context);
    texture.refresh();
  }
  return { key, scale };
}
