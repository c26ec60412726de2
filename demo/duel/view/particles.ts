import * as Phaser from 'phaser';
import { bakeAtlas } from '../../common/bake-atlas.ts';
import type { AtlasImage } from '../../common/bake-atlas.ts';

const SHAPES: readonly AtlasImage[] = [
  { name: 'streak', box: [-16, -4, 32, 8], draw: drawStreak },
  { name: 'puff', box: [-14, -14, 28, 28], draw: drawPuff },
  { name: 'ring', box: [-32, -32, 64, 64], draw: drawRing },
  { name: 'star', box: [-32, -32, 64, 64], draw: drawStar },
];

type Look = 'streak' | 'puff' | 'ring' | 'star';

interface Particle {
  readonly image: Phaser.GameObjects.Image;
  speedX: number;
  speedY: number;
  gravity: number;
  life: number;
  span: number;
  /** Size at its beginning and end, as shares of its image. */
  from: number;
  to: number;
  alpha: number;
}

interface Throw {
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  readonly speedX?: number;
  readonly speedY?: number;
  readonly gravity?: number;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
  readonly color: number;
  readonly alpha?: number;
  readonly rotation?: number;
}

/** Most particles at once; new ones replace the oldest. */
const CAPACITY = 72;

/** Sparks, flashes and dust. Pure decoration: it may use any randomness. */
export class Particles {
  readonly #particles: Particle[];
  readonly #scale: number;
  #next = 0;

  constructor(scene: Phaser.Scene) {
    const { key, scale } = bakeAtlas(scene, 'particles', SHAPES);
    this.#scale = scale;
    this.#particles = Array.from({ length: CAPACITY }, () => ({
      image: scene.add.image(0, 0, key, 'puff').setVisible(false).setDepth(20),
      speedX: 0,
      speedY: 0,
      gravity: 0,
      life: 0,
      span: 1,
      from: 1,
      to: 1,
      alpha: 1,
    }));
  }

  /** A hit: a star, a ring, and streaks in its direction (1 = right). */
  hit(
    x: number,
    y: number,
    { direction, color, strong }: { direction: number; color: number; strong: boolean },
  ): void {
    const size = strong ? 1.35 : 1;
    const base = { x, y, color } as const;
    this.#throw({
      ...base,
      look: 'star',
      seconds: 0.16,
      from: 0.5 * size,
      to: 1.5 * size,
      color: 0xffffff,
      rotation: Math.random() * 3,
    });
    this.#throw({ ...base, look: 'ring', seconds: 0.24, from: 0.2, to: 1.5 * size, alpha: 0.9 });
    for (let i = 0; i < (strong ? 16 : 11); i++) {
      const angle = (Math.random() - 0.5) * 2.3 + (i % 4 === 0 ? Math.PI : 0);
      const pace = (190 + Math.random() * 260) * size;
      const [speedX, speedY] = [Math.cos(angle) * pace * direction, Math.sin(angle) * pace - 40];
      this.#throw({
        ...base,
        look: 'streak',
        speedX,
        speedY,
        gravity: 560,
        seconds: 0.2 + Math.random() * 0.22,
        from: 0.75,
        to: 0.2,
        rotation: Math.atan2(speedY, speedX),
      });
    }
  }

  /** A blocked hit: a cold ring and a few sparks back. */
  block(x: number, y: number, direction: number): void {
    const color = 0x9ad7ff;
    this.#throw({ x, y, color, look: 'ring', seconds: 0.2, from: 0.35, to: 1, alpha: 0.9 });
    for (let i = 0; i < 6; i++) {
      const [speedX, speedY] = [
        -direction * (60 + Math.random() * 160),
        (Math.random() - 0.6) * 240,
      ];
      this.#throw({
        x,
        y,
        color,
        look: 'streak',
        speedX,
        speedY,
        gravity: 400,
        seconds: 0.22,
        from: 0.5,
        to: 0.15,
        rotation: Math.atan2(speedY, speedX),
      });
    }
  }

  /** Dust from the boards; `spread` px per second to both sides. */
  dust(x: number, y: number, count: number, spread: number): void {
    for (let i = 0; i < count; i++) {
      const side = i % 2 ? 1 : -1;
      this.#throw({
        look: 'puff',
        x: x + side * 6,
        y: y - 2,
        speedX: side * spread * (0.4 + Math.random() * 0.8),
        speedY: -14 - Math.random() * 30,
        seconds: 0.3 + Math.random() * 0.25,
        from: 0.25,
        to: 0.8 + Math.random() * 0.4,
        color: 0xd9b48f,
        alpha: 0.5,
      });
    }
  }

  /** Moves and draws; `seconds` since the last call. */
  update(seconds: number): void {
    for (const one of this.#particles) {
      if (one.life <= 0) continue;
      one.life -= seconds;
      const { image } = one;
      if (one.life <= 0) {
        image.setVisible(false);
        continue;
      }
      const gone = 1 - one.life / one.span;
      one.speedY += one.gravity * seconds;
      image.x += one.speedX * seconds;
      image.y += one.speedY * seconds;
      if (one.gravity) image.rotation = Math.atan2(one.speedY, one.speedX);
      image.setScale(this.#scale * (one.from + (one.to - one.from) * (1 - (1 - gone) ** 2)));
      image.setAlpha(one.alpha * (1 - gone));
    }
  }

  #throw(options: Throw): void {
    const one = this.#particles[this.#next];
    this.#next = (this.#next + 1) % CAPACITY;
    const { look, x, y, color, rotation = 0, seconds } = options;
    one.speedX = options.speedX ?? 0;
    one.speedY = options.speedY ?? 0;
    one.gravity = options.gravity ?? 0;
    one.life = one.span = seconds;
    one.from = options.from;
    one.to = options.to;
    one.alpha = options.alpha ?? 1;
    one.image
      .setFrame(look)
      .setPosition(x, y)
      .setRotation(rotation)
      .setTint(color)
      .setScale(this.#scale * one.from)
      .setAlpha(one.alpha)
      .setVisible(true)
      .setBlendMode(look === 'puff' ? Phaser.BlendModes.NORMAL : Phaser.BlendModes.ADD);
  }
}

function drawStreak(c: CanvasRenderingContext2D): void {
  const light = c.createLinearGradient(-16, 0, 16, 0);
  light.addColorStop(0, 'rgba(255,255,255,0)');
  light.addColorStop(1, '#ffffff');
  c.fillStyle = light;
  c.beginPath();
  c.ellipse(0, 0, 15, 2.6, 0, 0, 7);
  c.fill();
}

function drawPuff(c: CanvasRenderingContext2D): void {
  const soft = c.createRadialGradient(0, 0, 1, 0, 0, 13);
  soft.addColorStop(0, 'rgba(255,255,255,0.9)');
  soft.addColorStop(1, 'rgba(255,255,255,0)');
  c.fillStyle = soft;
  c.fillRect(-14, -14, 28, 28);
}

function drawRing(c: CanvasRenderingContext2D): void {
  c.strokeStyle = 'rgba(255,255,255,0.9)';
  c.lineWidth = 4;
  c.beginPath();
  c.arc(0, 0, 27, 0, 7);
  c.stroke();
}

function drawStar(c: CanvasRenderingContext2D): void {
  const core = c.createRadialGradient(0, 0, 2, 0, 0, 24);
  core.addColorStop(0, 'rgba(255,255,255,1)');
  core.addColorStop(1, 'rgba(255,240,200,0)');
  c.fillStyle = core;
  c.fillRect(-32, -32, 64, 64);
  c.fillStyle = '#ffffff';
  c.beginPath();
  for (let i = 0; i < 16; i++) {
    const radius = i % 2 ? 8 : i % 4 ? 20 : 31;
    c.lineTo(Math.cos((i * Math.PI) / 8) * radius, Math.sin((i * Math.PI) / 8) * radius);
  }
  c.closePath();
  c.fill();
}
