import type * as Phaser from 'phaser';
import { addText } from '../../common/text.ts';
import { WORLD } from './stage-view.ts';

/** What the head-up display shows. Healths are shares in [0, 1]. */
export interface HudState {
  readonly health: readonly [number, number];
  readonly wins: readonly [number, number];
  readonly roundsToWin: number;
  readonly secondsLeft: number;
}

const BAR = { width: 318, height: 18, top: 22, inset: 20 };

/** Health bars, round marks and the clock. */
export class Hud {
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #clock: Phaser.GameObjects.Text;
  /** The pale rest that runs after a lost share of health. */
  readonly #trail: [number, number] = [1, 1];

  constructor(scene: Phaser.Scene, names: readonly [string, string]) {
    this.#graphics = scene.add.graphics().setDepth(50);
    const text = (x: number, y: number, value: string, size: number): Phaser.GameObjects.Text =>
      addText(scene, x, y, value, size).setDepth(51);
    text(BAR.inset, BAR.top + BAR.height + 4, names[0], 14);
    text(WORLD.width - BAR.inset, BAR.top + BAR.height + 4, names[1], 14).setOrigin(1, 0);
    this.#clock = text(WORLD.width / 2, BAR.top + BAR.height / 2, '', 28).setOrigin(0.5);
  }

  update(state: HudState, seconds: number): void {
    const g = this.#graphics.clear();
    for (const side of [0, 1] as const) {
      const share = state.health[side];
      this.#trail[side] = Math.max(share, this.#trail[side] - seconds * 0.35);
      const left = side === 0 ? BAR.inset : WORLD.width - BAR.inset - BAR.width;
      // Both bars empty towards the middle's clock.
      const fill = (part: number, color: number): void => {
        const width = BAR.width * part;
        g.fillStyle(color, 1);
        g.fillRect(side === 0 ? left : left + BAR.width - width, BAR.top, width, BAR.height);
      };
      g.fillStyle(0x1b1726, 0.85);
      g.fillRoundedRect(left - 3, BAR.top - 3, BAR.width + 6, BAR.height + 6, 5);
      fill(1, 0x4a2236);
      fill(this.#trail[side], 0xffe3a8);
      fill(share, share > 0.3 ? 0x57c785 : 0xf2683c);
      for (let round = 0; round < state.roundsToWin; round++) {
        const x = WORLD.width / 2 + (side === 0 ? -1 : 1) * (14 + round * 18);
        g.fillStyle(0x1b1726, 1).fillCircle(x, BAR.top + 36, 7);
        g.fillStyle(round < state.wins[side] ? 0xffd24a : 0x5b5468, 1);
        g.fillCircle(x, BAR.top + 36, 5);
      }
    }
    this.#clock.setText(String(Math.max(0, Math.ceil(state.secondsLeft))));
  }

  /** A new round: both bars are full at once. */
  refill(): void {
    this.#trail[0] = this.#trail[1] = 1;
  }
}
