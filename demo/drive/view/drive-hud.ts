import type * as Phaser from 'phaser';
import { addText } from '../../common/text.ts';
import { TICK_RATE } from '../rules/index.ts';
import { COLOURS, cssColour, DEPTH, SCREEN } from './scale.ts';

/** What the display shows. */
export interface HudState {
  /** From 1. */
  readonly lap: number;
  readonly laps: number;
  readonly lapTicks: number;
  readonly lastLap: number | null;
  readonly bestLap: number | null;
  /** m/s. */
  readonly speed: number;
  /** Place in the race; null when alone. */
  readonly rank: number | null;
  /** Recent mean distances one second ahead, metres; null before there are any. */
  readonly errors: { readonly model: number; readonly constantVelocity: number } | null;
  readonly predictions: boolean;
}

/** A lap time, such as 0:31.48. */
export function lapTime(ticks: number | null): string {
  if (ticks === null) return '-:--.--';
  const seconds = ticks / TICK_RATE;
  const rest = (seconds % 60).toFixed(2).padStart(5, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}

const BARS = { left: 10, top: 372, width: 290, height: 46, bar: 96 } as const;
/** Metres of a full bar. */
const FULL = 6;

/** Laps, times, speed, and how far off the predictions are. */
export class DriveHud {
  readonly #laps: Phaser.GameObjects.Text;
  readonly #times: Phaser.GameObjects.Text;
  readonly #speed: Phaser.GameObjects.Text;
  readonly #rows: readonly Phaser.GameObjects.Text[];
  readonly #bars: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    const fixed = <T extends Phaser.GameObjects.Text | Phaser.GameObjects.Graphics>(one: T): T => {
      one.setDepth(DEPTH.hud);
      return one;
    };
    const panel = fixed(scene.add.graphics()).fillStyle(0x141820, 0.62);
    panel.fillRoundedRect(10, 10, 150, 92, 8);
    panel.fillRoundedRect(BARS.left, BARS.top, BARS.width, BARS.height, 8);
    panel.fillRoundedRect(SCREEN.width - 108, BARS.top, 98, BARS.height, 8);
    const text = (x: number, y: number, size: number, colour?: string): Phaser.GameObjects.Text =>
      fixed(addText(scene, x, y, '', size, colour)).setAlign('left');
    this.#laps = text(20, 14, 18);
    this.#times = text(20, 38, 12, '#d8e0ee').setLineSpacing(1);
    this.#speed = text(SCREEN.width - 18, BARS.top + BARS.height / 2, 19).setOrigin(1, 0.5);
    this.#bars = fixed(scene.add.graphics());
    this.#rows = [COLOURS.foreseen, COLOURS.constantVelocity].map((colour, row) =>
      text(BARS.left + 8, BARS.top + 6 + row * 18, 11, cssColour(colour)),
    );
  }

  update(state: HudState): void {
    const { lap, laps, rank, speed, errors, predictions } = state;
    const place = rank === null ? '' : rank === 1 ? '   1st' : '   2nd';
    setText(this.#laps, `Lap ${Math.min(lap, laps)}/${laps}${place}`);
    setText(
      this.#times,
      [
        `Time ${lapTime(state.lapTicks)}`,
        `Last ${lapTime(state.lastLap)}`,
        `Best ${lapTime(state.bestLap)}`,
      ].join('\n'),
    );
    setText(this.#speed, `${Math.round(Math.abs(speed) * 3.6)} km/h`);
    const metres = (value: number | undefined): string =>
      value === undefined ? '-' : `${value.toFixed(1)} m`;
    setText(
      this.#rows[0],
      predictions ? `Predicted 1 s ahead: ${metres(errors?.model)}` : 'Predictions off',
    );
    setText(this.#rows[1], `Constant velocity: ${metres(errors?.constantVelocity)}`);
    this.#bars.clear();
    if (!errors) return;
    const draw = (row: number, value: number, colour: number): void => {
      const [x, y] = [BARS.left + BARS.width - BARS.bar - 10, BARS.top + 11 + row * 18];
      this.#bars.fillStyle(0xffffff, 0.14).fillRect(x, y, BARS.bar, 7);
      this.#bars.fillStyle(colour, 1).fillRect(x, y, Math.min(1, value / FULL) * BARS.bar, 7);
    };
    if (predictions) draw(0, errors.model, COLOURS.foreseen);
    draw(1, errors.constantVelocity, COLOURS.constantVelocity);
  }
}

/** Sets a text if it changed: Phaser redraws it at every call. */
function setText(text: Phaser.GameObjects.Text, value: string): void {
  if (text.text !== value) text.setText(value);
}
