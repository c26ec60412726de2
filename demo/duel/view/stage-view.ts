import type * as Phaser from 'phaser';
import { bake } from '../../common/bake.ts';
import type { Layout } from '../../common/lay-out.ts';
import { followScreen, isPlain, layoutOf } from '../../common/screen.ts';
import { STAGE_LAYERS } from './stage-layers.ts';
import type { StageLayer } from './stage-layers.ts';
import { WORLD } from './world.ts';

/** Rate of the camera towards the middle of the fighters: after a second e^-rate of the way is left. */
const RATE = 5;
const PETALS = 14;

interface Petal {
  readonly image: Phaser.GameObjects.Image;
  readonly fall: number;
  readonly phase: number;
}

/** All layers in one fixed image, for rendering without a graphics card. */
const FLAT: StageLayer = {
  name: 'flat',
  top: 0,
  width: WORLD.width,
  height: WORLD.height,
  drift: 0,
  depth: -30,
  draw(context) {
    for (const { top, width, draw } of STAGE_LAYERS) {
      context.save();
      context.translate((WORLD.width - width) / 2, top);
      draw(context);
      context.restore();
    }
  },
};

/** Largest movement by a shake, px. */
const SHAKEN = { x: 12, y: 8 } as const;

/**
 * Enlarges a layer about the floor line until the stage has no gap, and some px more where a shake would
 * show one.
 */
function spread(
  image: Phaser.GameObjects.Image,
  { top, width, height }: StageLayer,
  { world }: Layout,
): void {
  const more = Math.max(world.width / WORLD.width, world.height / WORLD.height);
  const above = top === 0 ? SHAKEN.y : 0;
  const below = top + height === WORLD.height ? SHAKEN.y : 0;
  const beyond = width === WORLD.width ? 2 * SHAKEN.x : 0;
  image.y = WORLD.floor + (top - WORLD.floor) * more - above;
  image.setDisplaySize(width * more + beyond, height * more + above + below);
}

/** Evening in the yard of a dojo: layers that move against the fighters, and petals in the wind. */
export class StageView {
  readonly #layers: readonly {
    readonly image: Phaser.GameObjects.Image;
    readonly drift: number;
  }[];
  readonly #petals: readonly Petal[];
  readonly #scene: Phaser.Scene;
  #middle: number = WORLD.width / 2;
  #time = 0;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
    const layers = isPlain(scene) ? [FLAT] : STAGE_LAYERS;
    this.#layers = layers.map((layer) => {
      const { name, top, width, height, drift, depth, draw } = layer;
      const { key } = bake(scene, `stage-${name}`, { width, height }, draw);
      const image = scene.add
        .image(WORLD.width / 2, top, key)
        .setOrigin(0.5, 0)
        .setDepth(depth);
      followScreen(scene, (layout) => spread(image, layer, layout));
      return { image, drift };
    });
    const { key, scale } = bake(scene, 'petal', { width: 14, height: 10 }, (context) => {
      context.fillStyle = '#ffc4cf';
      context.beginPath();
      context.ellipse(7, 5, 3.6, 2.2, 0.5, 0, Math.PI * 2);
      context.fill();
    });
    this.#petals = Array.from({ length: PETALS }, (_, i) => ({
      image: scene.add
        .image((i * 379) % WORLD.width, (i * 97) % WORLD.floor, key)
        .setScale(scale * (0.7 + (i % 4) * 0.2))
        .setAlpha(0.8)
        .setDepth(i % 3 ? -25 : 28),
      fall: 16 + (i % 5) * 5,
      phase: i * 1.7,
    }));
  }

  /** @param middle of the fighters, px; `seconds` since the last call */
  update(middle: number, seconds: number): void {
    this.#time += seconds;
    this.#middle += (middle - this.#middle) * (1 - Math.exp(-RATE * seconds));
    const { world } = layoutOf(this.#scene);
    const away = WORLD.width / 2 - this.#middle;
    for (const { image, drift } of this.#layers) image.x = WORLD.width / 2 + away * drift;
    for (const { image, fall, phase } of this.#petals) {
      const sway = Math.sin(this.#time * 1.3 + phase);
      image.x += (-22 + sway * 26) * seconds;
      image.y += (fall + sway * 8) * seconds;
      image.rotation = this.#time * 1.5 + phase;
      if (image.y > WORLD.floor + 30 || image.x < world.x - 10) {
        image.y = world.y - 10;
        image.x = world.x + ((phase * 233 + this.#time * 71) % (world.width + 120)) + 20;
      }
    }
  }
}
