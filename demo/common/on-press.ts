import type * as Phaser from 'phaser';
import { handleOnce } from './handle-once.ts';

/** Calls `action` at every press of a key, by Phaser's name ('SPACE'), while the scene runs. */
export function onPress(scene: Phaser.Scene, key: string, action: () => void): void {
  scene.input.keyboard?.on(`keydown-${key}`, handleOnce(action));
}
