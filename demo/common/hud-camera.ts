import type * as Phaser from 'phaser';

type Layered = Phaser.GameObjects.GameObject & { readonly depth?: number };

/**
 * Gives what lies at `depth` and above a camera of its own that stands still, and the rest to the main
 * one: to be called when everything of the scene is there.
 */
export function addHudCamera(scene: Phaser.Scene, depth: number): Phaser.Cameras.Scene2D.Camera {
  const hud = scene.cameras.add(0, 0, undefined, undefined, false, 'hud');
  for (const child of scene.children.list as Layered[]) {
    const isHud = (child.depth ?? 0) >= depth;
    (isHud ? scene.cameras.main : hud).ignore(child);
  }
  return hud;
}
