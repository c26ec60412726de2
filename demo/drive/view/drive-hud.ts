import type * as Phaser from 'phaser';
import { followDevice, heldDevice } from '../../common/held-device.ts';
import type { Layout } from '../../common/lay-out.ts';
import { followScreen, layoutOf } from '../../common/screen.ts';
import { addText } from '../../common/text.ts';
import { TICK_RATE } from '../rules/index.ts';
import { COLOURS, cssColour, DEPTH } from './scale.ts';

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

/** Units; the two rows of errors. */
const BARS = { width: 330, height: 50, bar: 90, row: 20 } as const;
/** Units of the speed and of what is left free below both. */
const SPEED = 98;
const BELOW = 32;
/** Metres of a full bar. */
const FULL = 6;

/** Laps, times, speed, and how far off the predictions are. */
export class DriveHud {
  readonly #laps: Phaser.GameObjects.Text;
  readonly #times: Phaser.GameObjects.Text;
  readonly #speed: Phaser.GameObjects.Text;
  readonly #rows: readonly Phaser.GameObjects.Text[];
  #at = { left: 0, top: 0 };
  readonly #bars: Phaser.GameObjects.Graphics;

  constructor(scene: Phaser.Scene) {
    const fixed = <T extends Phaser.GameObjects.Text | Phaser.GameObjects.Graphics>(one: T): T => {
      one.setDepth(DEPTH.hud);
      return one;
    };
    const panel = fixed(scene.add.graphics());
    const text = (x: number, y: number, size: number, colour?: string): Phaser.GameObjects.Text =>
      fixed(addText(scene, x, y, '', size, colour)).setAlign('left');
    this.#laps = text(20, 14, 18);
    this.#times = text(20, 38, 14, '#d8e0ee');
    this.#speed = text(0, 0, 19).setOrigin(1, 0.5);
    this.#bars = fixed(scene.add.graphics());
    this.#rows = [COLOURS.foreseen, COLOURS.constantVelocity].map((colour) =>
      text(0, 0, 14, cssColour(colour)),
    );
    const place = ({ ui, deck }: Layout): void => {
      const { width, height, row: apart } = BARS;
      // Between the thumbs, or below the stage.
      const isBetween = deck !== null || heldDevice() === 'touch';
      const left = isBetween ? (ui.width - width) / 2 : 10;
      const top = deck ? deck.y + 10 : ui.height - BELOW - height;
      const speedTop = deck ? deck.y - height - 10 : isBetween ? 120 : top;
      this.#at = { left, top };
      panel.clear().fillStyle(0x141820, 0.62).fillRoundedRect(10, 10, 154, 100, 8);
      panel.fillRoundedRect(left, top, width, height, 8);
      panel.fillRoundedRect(ui.width - SPEED - 10, speedTop, SPEED, height, 8);
      this.#speed.setPosition(ui.width - 18, speedTop + height / 2);
      this.#rows.forEach((row, i) => row.setPosition(left + 8, top + 5 + i * apart));
    };
    followScreen(scene, place);
    followDevice(scene, () => place(layoutOf(scene)));
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
      const { left, top } = this.#at;
      const [x, y] = [left + BARS.width - BARS.bar - 10, top + 11 + row * BARS.row];
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
