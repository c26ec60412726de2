import type * as Phaser from 'phaser';
import type { Box } from '../../common/lay-out.ts';

/** Units from the edge of a card to what is on it. */
export const PADDING = 18;

/** The ground of a card of results. The caller destroys it. */
export function drawCard(
  scene: Phaser.Scene,
  { x, y, width, height }: Box,
): Phaser.GameObjects.Graphics {
  return scene.add
    .graphics()
    .setDepth(59)
    .fillStyle(0x120d1c, 0.78)
    .fillRoundedRect(x, y, width, height, 10)
    .lineStyle(2, 0xf2683c, 0.7)
    .strokeRoundedRect(x, y, width, height, 10);
}
