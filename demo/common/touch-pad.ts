import type * as Phaser from 'phaser';
import { heldDevice } from './held-device.ts';
import { followScreen, layoutOf, unitPoint } from './screen.ts';
import { addText } from './text.ts';

/** A button's sign: an arrow is drawn, as not every font has one. */
export type TouchSign = 'left' | 'right' | 'up' | 'down' | { readonly word: string };

/** A button, placed from a lower corner of the deck or of the window. */
export interface TouchButton<Control extends string> {
  readonly control: Control;
  readonly sign: TouchSign;
  readonly corner: 'left' | 'right';
  /** Units from that corner, inwards and up. */
  readonly inwards: number;
  readonly up: number;
}

/** When the buttons are shown; `auto` = while the player plays by touch. */
export type TouchChoice = 'auto' | 'on' | 'off';

export interface TouchPadOptions<Control extends string> {
  /** Called at every frame. */
  readonly choice?: () => TouchChoice;
  /** Called when a finger comes to a button. */
  readonly press?: (control: Control) => void;
}

/** Radius of a button, and of the area that a finger hits, units. */
export const TOUCH_RADIUS = 32;
const REACH = 40;

/** Height of the buttons in all, units. */
const TALL = 190;

/** Fingers that can be down at once. */
const FINGERS = 4;

const ARROWS = { right: 0, down: 90, left: 180, up: 270 } as const;

interface Shown<Control extends string> {
  readonly button: TouchButton<Control>;
  readonly circle: Phaser.GameObjects.Arc;
  readonly sign: Phaser.GameObjects.Text | Phaser.GameObjects.Triangle;
}

/**
 * Buttons on the screen for several fingers. A finger may slide from one button to the next. In an upright
 * window they are below the stage.
 */
export class TouchPad<Control extends string> {
  readonly #scene: Phaser.Scene;
  readonly #buttons: readonly TouchButton<Control>[];
  readonly #choice: () => TouchChoice;
  readonly #press: (control: Control) => void;
  #shown: readonly Shown<Control>[] = [];
  #held: ReadonlySet<Control> = new Set();

  constructor(
    scene: Phaser.Scene,
    buttons: readonly TouchButton<Control>[],
    { choice = () => 'auto', press = () => {} }: TouchPadOptions<Control> = {},
  ) {
    this.#scene = scene;
    this.#buttons = buttons;
    this.#choice = choice;
    this.#press = press;
    const missing = FINGERS - scene.input.manager.pointersTotal;
    if (missing > 0) scene.input.addPointer(missing);
    followScreen(scene, () => this.#place());
  }

  isHeld(control: Control): boolean {
    return this.#held.has(control);
  }

  /** Shows or hides the buttons, and reads which ones are held. Call it at every frame. */
  update(): void {
    const choice = this.#choice();
    this.#show(choice === 'on' || (choice === 'auto' && heldDevice() === 'touch'));
    const held = new Set<Control>();
    for (const pointer of this.#scene.input.manager.pointers) {
      if (!pointer.isDown) continue;
      const { x, y } = unitPoint(this.#scene, pointer);
      const [near] = this.#shown
        .map(({ button, circle }) => ({ button, away: Math.hypot(circle.x - x, circle.y - y) }))
        .filter(({ away }) => away < REACH)
        .sort((a, b) => a.away - b.away);
      if (near) held.add(near.button.control);
    }
    for (const { button, circle } of this.#shown) {
      const isHeld = held.has(button.control);
      circle.setFillStyle(isHeld ? 0xf2683c : 0x120d1c, isHeld ? 0.75 : 0.45);
    }
    const before = this.#held;
    this.#held = held;
    for (const control of held) if (!before.has(control)) this.#press(control);
  }

  #show(shows: boolean): void {
    if (shows === this.#shown.length > 0) return;
    if (!shows) {
      for (const { circle, sign } of this.#shown) for (const one of [circle, sign]) one.destroy();
      this.#shown = [];
      return;
    }
    this.#shown = this.#buttons.map((button) => ({
      button,
      circle: this.#scene.add
        .circle(0, 0, TOUCH_RADIUS, 0x120d1c, 0.45)
        .setStrokeStyle(2, 0xfff4e0, 0.6)
        .setDepth(55)
        .setName(`touch-${button.control}`),
      sign: this.#sign(button.sign),
    }));
    this.#place();
  }

  #sign(sign: TouchSign): Phaser.GameObjects.Text | Phaser.GameObjects.Triangle {
    if (typeof sign === 'object')
      return addText(this.#scene, 0, 0, sign.word, 15).setOrigin(0.5).setDepth(56);
    return this.#scene.add
      .triangle(0, 0, 0, 0, 0, 20, 18, 10, 0xfff4e0)
      .setAngle(ARROWS[sign])
      .setDepth(56);
  }

  #place(): void {
    const { ui, deck } = layoutOf(this.#scene);
    // On a deck they are in the middle of its height, where thumbs are.
    const bottom = deck ? deck.y + (deck.height + TALL) / 2 : ui.height;
    for (const { button, circle, sign } of this.#shown) {
      const { corner, inwards, up } = button;
      const x = corner === 'left' ? inwards : ui.width - inwards;
      for (const one of [circle, sign]) one.setPosition(x, Math.min(bottom, ui.height) - up);
    }
  }
}
