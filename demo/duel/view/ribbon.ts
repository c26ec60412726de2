import * as Phaser from 'phaser';

interface Knot {
  x: number;
  y: number;
  lastX: number;
  lastY: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface RibbonWind {
  /** Px per second squared, to the right. */
  readonly wind: number;
  /** Converts points of the world to points of the images' container. */
  readonly look: (point: Point) => Point;
}

export interface RibbonOptions {
  readonly texture: string;
  readonly scale: number;
  /** Links, and the length of one, px. */
  readonly links: number;
  readonly link: number;
  /** Width at its end as a share of that at its beginning. */
  readonly narrow?: number;
}

/** Px of the image between two knots. */
const LENGTH = 12;
/** Px per second squared, and the share of speed left after a second. */
const GRAVITY = 460;
const DRAG = 0.1;
/** Corrections of the links' lengths after each step. */
const REPAIRS = 3;

/** A band of cloth: a chain of knots (Verlet integration), with an image per link. */
export class Ribbon {
  readonly images: readonly Phaser.GameObjects.Image[];
  readonly #knots: Knot[];
  readonly #link: number;
  /** Scale at which the image of a link is 1 px long. */
  readonly #perPx: number;
  #time = Math.random() * 9;

  constructor(scene: Phaser.Scene, options: RibbonOptions) {
    const { texture, scale, links, link, narrow = 0.5 } = options;
    this.#link = link;
    this.#perPx = scale / LENGTH;
    this.#knots = Array.from({ length: links + 1 }, (_, i) => ({
      x: -i * link,
      y: 0,
      lastX: -i * link,
      lastY: 0,
    }));
    this.images = Array.from({ length: links }, (_, i) => {
      const width = 1 - ((1 - narrow) * i) / links;
      return new Phaser.GameObjects.Image(scene, 0, 0, texture, 'ribbon')
        .setOrigin(0.5, 5 / 22)
        .setScale(scale * width, scale * (link / LENGTH));
    });
  }

  /**
   * Moves its first knot to a point of the world, and simulates it for a number of seconds.
   */
  update(at: Point, seconds: number, { wind, look }: RibbonWind): void {
    const knots = this.#knots;
    this.#time += seconds;
    const step = Math.min(seconds, 1 / 30);
    const keep = DRAG ** step;
    const gust = wind * (0.7 + 0.5 * Math.sin(this.#time * 7) + 0.3 * Math.sin(this.#time * 17));
    // After a jump across the stage, as at the start of a round, the whole band moves along.
    const far = Math.hypot(at.x - knots[0].x, at.y - knots[0].y) > 80;
    if (far) for (const [i, knot] of knots.entries()) place(knot, at.x, at.y + i * this.#link);
    place(knots[0], at.x, at.y);
    for (let i = 1; i < knots.length; i++) {
      const knot = knots[i];
      const [speedX, speedY] = [(knot.x - knot.lastX) * keep, (knot.y - knot.lastY) * keep];
      knot.lastX = knot.x;
      knot.lastY = knot.y;
      knot.x += speedX + gust * step * step;
      knot.y += speedY + GRAVITY * step * step;
    }
    for (let repair = 0; repair < REPAIRS; repair++)
      for (let i = 1; i < knots.length; i++) this.#pull(knots[i - 1], knots[i], i === 1);
    this.images.forEach((image, i) => {
      const [from, next] = [look(knots[i]), look(knots[i + 1])];
      image.setPosition(from.x, from.y);
      // Stretches the image where needed, so that there is no gap.
      image.scaleY =
        this.#perPx * Math.max(this.#link, Math.hypot(next.x - from.x, next.y - from.y));
      image.rotation = Math.atan2(from.x - next.x, next.y - from.y);
    });
  }

  #pull(a: Knot, b: Knot, isTied: boolean): void {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = Math.hypot(dx, dy) || 1;
    const share = (length - this.#link) / length;
    const part = isTied ? 1 : 0.5;
    b.x -= dx * share * part;
    b.y -= dy * share * part;
    if (isTied) return;
    a.x += dx * share * 0.5;
    a.y += dy * share * 0.5;
  }
}

function place(knot: Knot, x: number, y: number): void {
  knot.x = knot.lastX = x;
  knot.y = knot.lastY = y;
}
