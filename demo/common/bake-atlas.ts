import type * as Phaser from 'phaser';
import { pixelsPerUnit } from './screen.ts';

/** A picture of an atlas, drawn about a pivot at 0, 0; all in world px. */
export interface AtlasPicture {
  readonly name: string;
  /** Left, top, width and height of what it covers. */
  readonly box: readonly [left: number, top: number, width: number, height: number];
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

export interface Atlas {
  readonly key: string;
  /** Scale that gives its pictures their size in world px. */
  readonly scale: number;
}

/** Px between two pictures, or one would shine through at the other's edge. */
const APART = 2;
const WIDTH = 512;

/**
 * Draws small pictures into one texture, as sharp as the screen and `zoom` times that; later calls
 * find it there. Its frames have the pictures' names, and the pivots that `pivotOf` gives.
 */
export function bakeAtlas(
  scene: Phaser.Scene,
  name: string,
  pictures: readonly AtlasPicture[],
): Atlas {
  const pixels = Math.max(2, Math.ceil(pixelsPerUnit(scene) * 2) / 2);
  const key = `${name}@${pixels}`;
  const atlas = { key, scale: 1 / pixels };
  if (scene.textures.exists(key)) return atlas;
  const places = pack(pictures);
  const bottom = Math.max(...places.map(({ y }, i) => y + pictures[i].box[3]));
  const texture = scene.textures.createCanvas(
    key,
    Math.ceil(WIDTH * pixels),
    Math.ceil((bottom + APART) * pixels),
  );
  if (!texture) return atlas;
  const { context } = texture;
  pictures.forEach(({ name: frame, box: [left, top, width, height], draw }, i) => {
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

/** Where the pivot lies in a picture, as Phaser's origin. */
export const pivotOf = ({ box: [left, top, width, height] }: AtlasPicture): [number, number] => [
  -left / width,
  -top / height,
];

/** Places in rows, in the order given. */
function pack(pictures: readonly AtlasPicture[]): { x: number; y: number }[] {
  let [x, y, row] = [APART, APART, 0];
  return pictures.map(({ box: [, , width, height] }) => {
    if (x + width + APART > WIDTH) [x, y, row] = [APART, y + row + APART, 0];
    const place = { x, y };
    x += Math.ceil(width) + APART;
    row = Math.max(row, Math.ceil(height));
    return place;
  });
}
