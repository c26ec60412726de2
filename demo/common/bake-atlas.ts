import type * as Phaser from 'phaser';
import { pixelsPerUnit } from './screen.ts';

/** An image in an atlas, drawn about a pivot at 0, 0; all in world px. */
export interface AtlasImage {
  readonly name: string;
  /** The area that it covers. */
  readonly box: readonly [left: number, top: number, width: number, height: number];
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

export interface Atlas {
  readonly key: string;
  /** Scale at which its images have their size in world px. */
  readonly scale: number;
}

/** Px between two images: filtering would otherwise blend neighbours at their edges. */
const APART = 2;
const WIDTH = 512;

/**
 * Draws small images into one texture, as sharp as the screen; later calls reuse it. Each image is a
 * frame of the texture under its name, with the pivot that `pivotOf` returns.
 */
export function bakeAtlas(scene: Phaser.Scene, name: string, images: readonly AtlasImage[]): Atlas {
  const pixels = Math.max(2, Math.ceil(pixelsPerUnit(scene) * 2) / 2);
  const key = `${name}@${pixels}`;
  const atlas = { key, scale: 1 / pixels };
  if (scene.textures.exists(key)) return atlas;
  const places = pack(images);
  const bottom = Math.max(...places.map(({ y }, i) => y + images[i].box[3]));
  const texture = scene.textures.createCanvas(
    key,
    Math.ceil(WIDTH * pixels),
    Math.ceil((bottom + APART) * pixels),
  );
  if (!texture) return atlas;
  const { context } = texture;
  images.forEach(({ name: frame, box: [left, top, width, height], draw }, i) => {
    const { x, y } = places[i];
    context.save();
    context.scale(pixels, pixels);
    context.translate(x - left, y - top);
    draw(context);
    context.restore();
    texture.add(frame, 0, x * pixels, y * pixels, width * pixels, height * pixels);
  });
  texture.refresh();
  return atlas;
}

/** The pivot of an image, as Phaser's origin. */
export const pivotOf = ({ box: [left, top, width, height] }: AtlasImage): [number, number] => [
  -left / width,
  -top / height,
];

/** Positions in rows, in the order given. */
function pack(images: readonly AtlasImage[]): { x: number; y: number }[] {
  let [x, y, row] = [APART, APART, 0];
  return images.map(({ box: [, , width, height] }) => {
    if (x + width + APART > WIDTH) [x, y, row] = [APART, y + row + APART, 0];
    const place = { x, y };
    x += Math.ceil(width) + APART;
    row = Math.max(row, Math.ceil(height));
    return place;
  });
}
