import type * as Phaser from 'phaser';

export const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** A line of text in the demo's manner: bold, outlined, readable on any ground. */
export function addText(
  scene: Phaser.Scene,
  x: number,
  y: number,
  value: string,
  size: number,
  color = '#fff4e0',
): Phaser.GameObjects.Text {
  return scene.add
    .text(x, y, value, {
      fontFamily: FONT,
      fontSize: size,
      color,
      fontStyle: 'bold',
      align: 'center',
    })
    .setStroke('#1b1726', Math.max(3, size / 7))
    .setResolution(2);
}
