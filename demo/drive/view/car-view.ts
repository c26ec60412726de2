import type * as Phaser from 'phaser';
import { bakeAtlas, pivotOf } from '../../common/bake-atlas.ts';
import type { AtlasImage } from '../../common/bake-atlas.ts';
import { CAR } from '../rules/index.ts';
import type { Car } from '../rules/index.ts';
import { COLOURS, cssColour, DEPTH, SCALE } from './scale.ts';

const [LENGTH, WIDTH] = [CAR.length, CAR.width];

type Paint = (context: CanvasRenderingContext2D) => void;

/** A car from above: shadow, four wheels of which the front ones steer, body. */
export class CarView {
  readonly body: Phaser.GameObjects.Container;
  readonly #shadow: Phaser.GameObjects.Image;
  readonly #front: readonly Phaser.GameObjects.Image[];
  readonly #brakes: Phaser.GameObjects.Image;

  constructor(scene: Phaser.Scene, name: 'player' | 'rival') {
    const { key, scale } = bakeAtlas(scene, 'cars', Object.values(PARTS));
    const image = (part: AtlasImage, x = 0, y = 0): Phaser.GameObjects.Image =>
      scene.add
        .image(x * SCALE, y * SCALE, key, part.name)
        .setOrigin(...pivotOf(part))
        .setScale(scale);
    const wheels = [-1, 1].flatMap((side) =>
      [1.3, -1.3].map((x) => image(PARTS.wheel, x, side * (WIDTH / 2 - 0.1))),
    );
    this.#front = wheels.filter(({ x }) => x > 0);
    this.#brakes = image(PARTS.brakes, -LENGTH / 2 - 0.05);
    this.#shadow = image(PARTS.shadow).setDepth(DEPTH.cars - 1);
    this.body = scene.add
      .container(0, 0, [...wheels, image(PARTS[name]), this.#brakes])
      .setName(name)
      .setSize(LENGTH * SCALE, WIDTH * SCALE)
      .setDepth(DEPTH.cars);
  }

  update({ x, y, heading, wheel }: Car, isBraking: boolean): void {
    this.body.setPosition(x * SCALE, y * SCALE).setRotation(heading);
    this.#shadow.setPosition((x + 0.35) * SCALE, (y + 0.45) * SCALE).setRotation(heading);
    for (const one of this.#front) one.setRotation(wheel * CAR.lock);
    this.#brakes.setAlpha(isBraking ? 1 : 0);
  }
}

const paintWheel: Paint = (context) => {
  context.fillStyle = '#17181c';
  context.beginPath();
  context.roundRect(-0.4, -0.18, 0.8, 0.36, 0.1);
  context.fill();
};

const paintShadow: Paint = (context) => {
  context.fillStyle = 'rgba(15, 18, 24, 0.33)';
  context.beginPath();
  context.roundRect(-LENGTH / 2, -WIDTH / 2, LENGTH, WIDTH, 0.7);
  context.fill();
};

const paintBrakes: Paint = (context) => {
  context.fillStyle = 'rgba(255, 70, 50, 0.9)';
  for (const side of [-1, 1]) {
    context.beginPath();
    context.ellipse(0, side * 0.55, 0.22, 0.28, 0, 0, 2 * Math.PI);
    context.fill();
  }
};

function paintBody(context: CanvasRenderingContext2D, colour: string): void {
  const rounded = (
    [x, y, width, height]: readonly number[],
    radius: number,
    style: string,
  ): void => {
    context.fillStyle = style;
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    context.fill();
  };
  const half = WIDTH / 2 - 0.12;
  rounded([-LENGTH / 2 + 0.05, -half, LENGTH - 0.1, 2 * half], 0.6, colour);
  // Bonnet and boot are a little lighter in the middle; a white stripe runs along.
  rounded([-LENGTH / 2 + 0.2, -half * 0.62, LENGTH - 0.35, half * 1.24], 0.45, '#ffffff22');
  rounded([-LENGTH / 2 + 0.05, -0.2, LENGTH - 0.1, 0.4], 0.1, '#fff8ecdd');
  rounded([-1.0, -half * 0.84, 1.9, half * 1.68], 0.45, '#1c2430');
  rounded([-0.72, -half * 0.7, 1.15, half * 1.4], 0.3, colour);
  rounded([-0.72, -0.2, 1.15, 0.4], 0.05, '#fff8ecdd');
  rounded([-LENGTH / 2, -half * 0.95, 0.34, half * 1.9], 0.1, '#20232b');
  for (const side of [-1, 1])
    rounded([LENGTH / 2 - 0.42, side * half * 0.68 - 0.16, 0.26, 0.32], 0.1, '#fff3c4');
}

/** An image of a part, painted in metres, with its middle as the pivot. */
function partOf(
  name: string,
  [length, width]: readonly [number, number],
  paint: Paint,
): AtlasImage {
  return {
    name,
    box: [(-length * SCALE) / 2, (-width * SCALE) / 2, length * SCALE, width * SCALE],
    draw: (context) => {
      context.scale(SCALE, SCALE);
      paint(context);
    },
  };
}

const carOf = (name: 'player' | 'rival'): AtlasImage =>
  partOf(name, [LENGTH, WIDTH + 0.2], (context) => paintBody(context, cssColour(COLOURS[name])));

const PARTS = {
  wheel: partOf('wheel', [0.85, 0.4], paintWheel),
  shadow: partOf('shadow', [LENGTH + 1, WIDTH + 1], paintShadow),
  brakes: partOf('brakes', [0.5, WIDTH], paintBrakes),
  player: carOf('player'),
  rival: carOf('rival'),
};
