import type * as Phaser from 'phaser';

interface Spark {
  x: number;
  y: number;
  vx: number;
  vy: number;
  life: number;
  span: number;
  color: number;
}

/** How many sparks can fly at once; the oldest are taken over. */
const CAPACITY = 96;

/** Short-lived streaks for hits, blocks and dust. Pure decoration: it may use any randomness. */
export class Sparks {
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #sparks: Spark[] = [];
  #next = 0;

  constructor(scene: Phaser.Scene) {
    this.#graphics = scene.add.graphics().setDepth(20);
  }

  /** Throws `count` streaks from a point (px) at `speed` (px per second). */
  burst(x: number, y: number, color: number, count: number, speed: number): void {
    for (let i = 0; i < count; i++) {
      const angle = Math.random() * Math.PI * 2;
      const pace = speed * (0.4 + Math.random() * 0.8);
      const span = 0.18 + Math.random() * 0.22;
      this.#sparks[this.#next] = {
        x,
        y,
        vx: Math.cos(angle) * pace,
        vy: Math.sin(angle) * pace - speed * 0.2,
        life: span,
        span,
        color,
      };
      this.#next = (this.#next + 1) % CAPACITY;
    }
  }

  /** Moves and draws; `seconds` since the last call. */
  update(seconds: number): void {
    const g = this.#graphics.clear();
    for (const spark of this.#sparks) {
      if (spark.life <= 0) continue;
      spark.life -= seconds;
      spark.x += spark.vx * seconds;
      spark.y += spark.vy * seconds;
      spark.vy += 520 * seconds;
      const share = Math.max(0, spark.life / spark.span);
      g.lineStyle(1 + 3 * share, spark.color, share);
      g.lineBetween(spark.x, spark.y, spark.x - spark.vx * 0.03, spark.y - spark.vy * 0.03);
    }
  }
}
