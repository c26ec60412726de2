import type * as Phaser from 'phaser';
import { pixelsPerUnit } from './screen.ts';

export const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** Colours of texts. */
export const INK = {
  bright: '#fff4e0',
  gold: '#ffd27a',
  soft: '#d8cfe6',
  good: '#8fe0b0',
  bad: '#ff9a86',
} as const;

/** Least size of letters, units: 14 CSS px in any window. */
export const LEAST_SIZE = 14;

/**
 * Adds a line of text in the demo's style: bold, outlined, readable on any background.
 *
 * @param wanted size of its letters, units; raised to LEAST_SIZE
 */
export function addText(
  scene: Phaser.Scene,
  x: number,
  y: number,
  value: string,
  wanted: number,
  color: string = INK.bright,
): Phaser.GameObjects.Text {
  const size = Math.max(LEAST_SIZE, wanted);
  return scene.add
    .text(x, y, value, {
      fontFamily: FONT,
      fontSize: size,
      color,
      fontStyle: 'bold',
      align: 'center',
    })
    .setStroke('#1b1726', Math.max(3, size / 7))
    .setResolution(Math.max(2, Math.ceil(pixelsPerUnit(scene))));
}
