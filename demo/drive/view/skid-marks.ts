import type * as Phaser from 'phaser';
import { slipOf } from '../rules/index.ts';
import type { Car } from '../rules/index.ts';
import { DEPTH, SCALE } from './scale.ts';

interface Mark {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly onGrass: boolean;
}

const MOST_MARKS = 420;
/** Sideways speed from which tyres leave a mark, m/s. */
const SLIDES = 1.55;
/** The rear wheels, metres behind the middle and to its sides. */
const [BEHIND, SIDEWAYS] = [1.3, 0.82];

/** Marks of sliding tyres on the ground; new marks replace the oldest ones. */
export class SkidMarks {
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #marks: Mark[] = [];
  readonly #last = new Map<number, readonly (readonly [number, number])[]>();
  #changed = false;

  constructor(scene: Phaser.Scene) {
    this.#graphics = scene.add.graphics().setDepth(DEPTH.skids);
  }

  /** Call it at every tick. */
  add(index: number, car: Car, onGrass: boolean, isBraking: boolean): void {
    const [cos, sin] = [Math.cos(car.heading), Math.sin(car.heading)];
    const wheels = [-SIDEWAYS, SIDEWAYS].map(
      (side) => [car.x - BEHIND * cos - side * sin, car.y - BEHIND * sin + side * cos] as const,
    );
    const last = this.#last.get(index);
    const moves = Math.hypot(car.vx, car.vy) > 4;
    const slides = Math.abs(slipOf(car)) > SLIDES || onGrass || isBraking;
    if (!moves || !slides) {
      this.#last.delete(index);
      return;
    }
    // One mark for several ticks of sliding is enough.
    if (last && Math.hypot(last[0][0] - wheels[0][0], last[0][1] - wheels[0][1]) < 0.9) return;
    this.#last.set(index, wheels);
    if (!last || Math.hypot(last[0][0] - wheels[0][0], last[0][1] - wheels[0][1]) > 4) return;
    wheels.forEach((to, i) => this.#marks.push({ from: last[i], to, onGrass }));
    this.#marks.splice(0, Math.max(0, this.#marks.length - MOST_MARKS));
    this.#changed = true;
  }

  draw(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const graphics = this.#graphics.clear();
    this.#marks.forEach(({ from, to, onGrass }, i) => {
      const age = (i + 1 + MOST_MARKS - this.#marks.length) / MOST_MARKS;
      graphics.lineStyle(2.2, onGrass ? 0x4c3a20 : 0x14151a, 0.1 + 0.3 * age);
      graphics.lineBetween(from[0] * SCALE, from[1] * SCALE, to[0] * SCALE, to[1] * SCALE);
    });
  }
}
