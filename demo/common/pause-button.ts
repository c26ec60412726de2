import type * as Phaser from 'phaser';
import type { Layout } from './lay-out.ts';
import { followScreen } from './screen.ts';

/** Area that a finger hits, units. */
const AREA = { width: 64, height: 44 } as const;

/** Two bars for fingers and for the mouse; drawn, as not every font has the sign. */
export function addPauseButton(
  scene: Phaser.Scene,
  press: () => void,
  place: (layout: Layout) => { readonly x: number; readonly y: number },
): void {
  const area = scene.add
    .rectangle(0, 0, AREA.width, AREA.height, 0x120d1c, 0)
    .setName('pause-button')
    .setDepth(54)
    .setInteractive({ useHandCursor: true })
    .on('pointerdown', press);
  const bars = [-5, 5].map((away) => ({
    bar: scene.add.rectangle(0, 0, 6, 18, 0xd8cfe6).setStrokeStyle(2, 0x1b1726).setDepth(54),
    away,
  }));
  followScreen(scene, (layout) => {
    const { x, y } = place(layout);
    area.setPosition(x, y);
    for (const { bar, away } of bars) bar.setPosition(x + away, y);
  });
}
