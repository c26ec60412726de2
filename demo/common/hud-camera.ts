import type * as Phaser from 'phaser';

type Layered = Phaser.GameObjects.GameObject & { readonly depth?: number };

/**
 * Adds a fixed camera that shows the objects at `depth` and above; the main camera shows the others.
 * Call it when the scene has created all of its objects.
 */
export function addHudCamera(scene: Phaser.Scene, depth: number): Phaser.Cameras.Scene2D.Camera {
  const hud = scene.cameras.add(0, 0, undefined, undefined, false, 'hud');
  for (const child of scene.children.list as Layered[]) {
    const isHud = (child.depth ?? 0) >= depth;
    (isHud ? scene.cameras.main : hud).ignore(child);
  }
  return hud;
}
