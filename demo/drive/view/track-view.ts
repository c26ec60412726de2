import type * as Phaser from 'phaser';
import type { Track } from '../rules/index.ts';
import { groundOf, paintGround } from './paint-ground.ts';
import { DEPTH, SCALE } from './scale.ts';

const NAME = 'ground-';

/** Shows a track's ground, painted once; the texture is kept until another track is shown. */
export function addGround(scene: Phaser.Scene, track: Track): Phaser.GameObjects.Image {
  const key = `${NAME}${track.seed}`;
  for (const other of scene.textures.getTextureKeys())
    if (other.startsWith(NAME) && other !== key) scene.textures.remove(other);
  const ground = groundOf(track);
  const [width, height] = [Math.ceil(ground.width * SCALE), Math.ceil(ground.height * SCALE)];
  if (!scene.textures.exists(key)) {
    const texture = scene.textures.createCanvas(key, width, height)!;
    paintGround(texture.context, track);
    texture.refresh();
  }
  return scene.add
    .image(ground.left * SCALE, ground.top * SCALE, key)
    .setOrigin(0)
    .setDepth(DEPTH.ground);
}
