import type * as Phaser from 'phaser';
import { followScreen } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';

/** The contents of the head-up display. Healths are shares in [0, 1]. */
export interface HudState {
  readonly health: readonly [number, number];
  readonly wins: readonly [number, number];
  readonly roundsToWin: number;
  readonly secondsLeft: number;
}

/** Units; `middle` = free for the clock. */
const BAR = { height: 16, top: 20, inset: 20, middle: 124 };
/** Health below this share is low. */
const LOW = 0.3;

/** Health bars, round marks and the clock. */
export class Hud {
  readonly #back: Phaser.GameObjects.Graphics;
  readonly #trails: readonly Phaser.GameObjects.Rectangle[];
  readonly #fills: readonly Phaser.GameObjects.Rectangle[];
  readonly #note: Phaser.GameObjects.Text;
  readonly #clock: Phaser.GameObjects.Text;
  /** The pale part of each bar, which follows lost health. */
  readonly #trail: [number, number] = [1, 1];
  #width = 0;
  #marks = '';
  #seconds = NaN;

  constructor(scene: Phaser.Scene, names: readonly [string, string]) {
    this.#back = scene.add.graphics().setDepth(50);
    const text = (x: number, y: number, value: string, size: number): Phaser.GameObjects.Text =>
      addText(scene, x, y, value, size).setDepth(53);
    const bars = (color: number, depth: number): Phaser.GameObjects.Rectangle[] =>
      [0, 1].map((side) =>
        // Both bars shrink towards the clock in the middle.
        scene.add.rectangle(0, BAR.top, 1, BAR.height, color).setOrigin(side, 0).setDepth(depth),
      );
    this.#trails = bars(0xffe3a8, 51);
    this.#fills = bars(0x57c785, 52);
    const y = BAR.top + BAR.height + 4;
    text(BAR.inset, y, names[0], 14);
    const right = text(0, y, names[1], 14).setOrigin(1, 0);
    this.#note = text(0, y + 20, '', 14)
      .setOrigin(1, 0)
      .setAlign('right')
      .setColor(INK.soft);
    this.#clock = text(0, BAR.top + BAR.height / 2, '', 28).setOrigin(0.5);
    followScreen(scene, ({ ui }) => {
      this.#width = ui.width;
      // The bars are drawn again at the next update.
      this.#marks = '';
      for (const one of [right, this.#note]) one.x = ui.width - BAR.inset;
      this.#note.setWordWrapWidth(this.#barWidth, true);
      this.#clock.x = ui.width / 2;
      for (const bar of [...this.#trails, ...this.#fills]) {
        bar.x = bar.originX === 0 ? BAR.inset : ui.width - BAR.inset;
        bar.setSize(this.#barWidth, BAR.height);
      }
    });
  }

  get #barWidth(): number {
    return (this.#width - BAR.middle) / 2 - BAR.inset;
  }

  update({ health, wins, roundsToWin, secondsLeft }: HudState, seconds: number): void {
    for (const side of [0, 1] as const) {
      const share = health[side];
      this.#trail[side] = Math.max(share, this.#trail[side] - seconds * 0.35);
      this.#trails[side].scaleX = this.#trail[side];
      this.#fills[side].scaleX = share;
      this.#fills[side].setFillStyle(share > LOW ? 0x57c785 : 0xf2683c);
    }
    const marks = `${wins[0]}${wins[1]}${roundsToWin}`;
    if (marks !== this.#marks) this.#drawBack(wins, roundsToWin);
    this.#marks = marks;
    const left = Math.max(0, Math.ceil(secondsLeft));
    if (left === this.#seconds) return;
    this.#seconds = left;
    this.#clock.setText(String(left)).setColor(left <= 10 ? '#ffb09a' : '#fff4e0');
  }

  /** A line under the rival's name. */
  note(text: string): void {
    if (this.#note.text !== text) this.#note.setText(text);
  }

  /** Fills both bars at once, for a new round. */
  refill(): void {
    this.#trail[0] = this.#trail[1] = 1;
  }

  #drawBack(wins: readonly [number, number], roundsToWin: number): void {
    const g = this.#back.clear();
    const width = this.#barWidth;
    for (const side of [0, 1] as const) {
      const left = side === 0 ? BAR.inset : this.#width - BAR.inset - width;
      g.fillStyle(0x1b1726, 0.85);
      g.fillRoundedRect(left - 3, BAR.top - 3, width + 6, BAR.height + 6, 5);
      g.fillStyle(0x4a2236, 1).fillRect(left, BAR.top, width, BAR.height);
      for (let round = 0; round < roundsToWin; round++) {
        const x = this.#width / 2 + (side === 0 ? -1 : 1) * (14 + round * 18);
        g.fillStyle(0x1b1726, 1).fillCircle(x, BAR.top + 36, 7);
        g.fillStyle(round < wins[side] ? 0xffd24a : 0x5b5468, 1);
        g.fillCircle(x, BAR.top + 36, 5);
      }
    }
  }
}
