import type * as Phaser from 'phaser';
import { hearOnce } from './hear-once.ts';

/** Does `action` at every press of a key, by Phaser's name of it ('SPACE'), while the scene runs. */
export function onPress(scene: Phaser.Scene, key: string, action: () => void): void {
  scene.input.keyboard?.on(`keydown-${key}`, hearOnce(action));
}
