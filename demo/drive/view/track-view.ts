import type * as Phaser from 'phaser';
import type { Track } from '../rules/index.ts';
import { groundOf, paintGround } from './paint-ground.ts';
import { DEPTH, SCALE } from './scale.ts';

/** Shows a track's ground, painted once; the texture goes with the scene's run. */
export function addGround(scene: Phaser.Scene, track: Track): Phaser.GameObjects.Image {
  const key = `ground-${track.seed}`;
  const ground = groundOf(track);
  const [width, height] = [Math.ceil(ground.width * SCALE), Math.ceil(ground.height * SCALE)];
  if (!scene.textures.exists(key)) {
    const texture = scene.textures.createCanvas(key, width, height)!;
    paintGround(texture.context, track);
    texture.refresh();
  }
  scene.events.once('shutdown', () => scene.textures.remove(key));
  return scene.add
    .image(ground.left * SCALE, ground.top * SCALE, key)
    .setOrigin(0)
    .setDepth(DEPTH.ground);
}
