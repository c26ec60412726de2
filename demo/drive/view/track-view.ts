import type * as Phaser from 'phaser';
import { pixelsPerUnit } from '../../common/screen.ts';
import type { Track } from '../rules/index.ts';
import { groundOf, paintGround } from './paint-ground.ts';
import { DEPTH, SCALE } from './scale.ts';

const NAME = 'ground-';
/** Longest side of a texture that every device supports, px. */
const LONGEST = 4096;

/** Adds a track's ground, as sharp as the screen. Its texture is kept until another track is shown. */
export function addGround(scene: Phaser.Scene, track: Track): Phaser.GameObjects.Image {
  const ground = groundOf(track);
  const [width, height] = [ground.width * SCALE, ground.height * SCALE];
  const fine = Math.min(pixelsPerUnit(scene), LONGEST / Math.max(width, height));
  const key = `${NAME}${track.seed}@${fine}`;
  for (const other of scene.textures.getTextureKeys())
    if (other.startsWith(NAME) && other !== key) scene.textures.remove(other);
  if (!scene.textures.exists(key)) {
    const texture = scene.textures.createCanvas(
      key,
      Math.ceil(width * fine),
      Math.ceil(height * fine),
    )!;
    texture.context.scale(fine, fine);
    paintGround(texture.context, track);
    texture.refresh();
  }
  return scene.add
    .image(ground.left * SCALE, ground.top * SCALE, key)
    .setOrigin(0)
    .setScale(1 / fine)
    .setDepth(DEPTH.ground);
}
