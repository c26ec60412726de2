import type * as Phaser from 'phaser';
import type { ActionNames } from './action-names.ts';
import { shownArea } from './shown-area.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';

export interface OverlayMarkOptions {
  /** How long it is shown. */
  readonly markMs: number;
  /** Half the width of the overlay, next to which the mark is drawn, and the middle of its height. */
  readonly halfWidth: number;
  readonly y: number;
}

const RIGHT = '#4ade80';
const WRONG = '#f87171';
const GAP = 3;
const FONT = {
  fontFamily: 'system-ui, sans-serif',
  fontStyle: 'bold',
  stroke: '#0b1020',
  strokeThickness: 3,
} as const;

/** Shows whether the last prediction was right, with the actual action; fades away. */
export class OverlayMark {
  /** The sign and the action's name, to be added to the overlay's container. */
  readonly texts: readonly [Phaser.GameObjects.Text, Phaser.GameObjects.Text];
  /** What to call each action; from the next one on. */
  names: ActionNames = {};
  readonly #scene: Phaser.Scene;
  readonly #character: TrackedCharacter;
  readonly #options: OverlayMarkOptions;
  #scored = 0;
  #since = -Infinity;

  constructor(scene: Phaser.Scene, character: TrackedCharacter, options: OverlayMarkOptions) {
    this.#scene = scene;
    this.#character = character;
    this.#options = options;
    const { y } = options;
    this.texts = [
      scene.add.text(0, y - 8, '', { ...FONT, fontSize: '16px' }),
      scene.add.text(0, y + 8, '', { ...FONT, fontSize: '11px' }),
    ];
    for (const text of this.texts) text.setVisible(false);
  }

  /** @param x of the overlay's middle in the world; the mark is drawn on the side that has room on the screen; `scale` of the overlay */
  update(x: number, scale: number): void {
    const { accuracy } = this.#character;
    const now = this.#scene.time.now;
    if (accuracy && accuracy.scored !== this.#scored) {
      this.#scored = accuracy.scored;
      if (accuracy.last) this.#show(accuracy.last);
      this.#since = now;
    }
    const { markMs } = this.#options;
    const left = markMs > 0 ? 1 - (now - this.#since) / markMs : 0;
    const isVisible = left > 0;
    for (const text of this.texts) {
      text.setVisible(isVisible);
      // Opaque for the first half of its time.
      if (isVisible) text.setAlpha(Math.min(1, 2 * left));
    }
    if (isVisible) this.#place(x, scale);
  }

  #show({ guess, action }: { readonly guess: number; readonly action: number }): void {
    const isRight = guess === action;
    const name = this.#character.actions[action];
    const [sign, came] = this.texts;
    sign.setText(isRight ? '✓' : '✗');
    came.setText(this.names[name] ?? name);
    for (const text of this.texts) text.setColor(isRight ? RIGHT : WRONG);
  }

  #place(x: number, scale: number): void {
    const side = this.#options.halfWidth + GAP;
    const wide = Math.max(this.texts[0].width, this.texts[1].width);
    const fits = x + (side + wide) * scale <= shownArea(this.#scene.cameras.main).right;
    for (const text of this.texts) text.setOrigin(fits ? 0 : 1, 0.5).setX(fits ? side : -side);
  }
}
