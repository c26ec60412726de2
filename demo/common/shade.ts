import type * as Phaser from 'phaser';
import { followScreen } from './screen.ts';

/** Darkens the whole window behind texts and menus. */
export function addShade(
  scene: Phaser.Scene,
  { alpha, depth }: { readonly alpha: number; readonly depth: number },
): Phaser.GameObjects.Rectangle {
  const shade = scene.add.rectangle(0, 0, 1, 1, 0x120d1c, alpha).setOrigin(0).setDepth(depth);
  followScreen(scene, ({ ui }) => void shade.setSize(ui.width, ui.height));
  return shade;
}
