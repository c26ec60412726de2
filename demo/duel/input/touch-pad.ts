import type * as Phaser from 'phaser';
import { addText } from '../../common/text.ts';
import type { Control } from '../settings/bindings.ts';
import type { TouchChoice } from '../settings/settings.ts';

interface Button {
  readonly control: Control;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Radius of a button, and of the area that a finger hits, px. */
const RADIUS = 30;
const REACH = 38;

const BUTTONS: readonly Button[] = [
  { control: 'left', label: '◀', x: 54, y: 372 },
  { control: 'right', label: '▶', x: 140, y: 372 },
  { control: 'jump', label: '▲', x: 97, y: 306 },
  { control: 'dash', label: 'Dash', x: 190, y: 414 },
  { control: 'block', label: 'Block', x: 640, y: 406 },
  { control: 'strike', label: 'Strike', x: 718, y: 396 },
  { control: 'throw', label: 'Throw', x: 752, y: 324 },
  { control: 'fireball', label: 'Fire', x: 680, y: 328 },
];

/** Fingers that can be down at once. */
const FINGERS = 4;

/** Buttons on the screen for several fingers. A finger may slide from one button to the next. */
export class TouchPad {
  readonly #scene: Phaser.Scene;
  readonly #choice: () => TouchChoice;
  readonly #circles = new Map<Control, Phaser.GameObjects.Arc>();
  readonly #objects: Phaser.GameObjects.GameObject[] = [];
  #touched = false;
  #shown = false;
  #held: ReadonlySet<Control> = new Set();

  /** @param choice called at every frame */
  constructor(scene: Phaser.Scene, choice: () => TouchChoice) {
    this.#scene = scene;
    this.#choice = choice;
    this.#touched = globalThis.matchMedia?.('(pointer: coarse)').matches ?? false;
    const missing = FINGERS - scene.input.manager.pointersTotal;
    if (missing > 0) scene.input.addPointer(missing);
  }

  isHeld(control: Control): boolean {
    return this.#held.has(control);
  }

  /** Shows or hides the buttons, and reads which ones are held. Call it at every frame. */
  update(): void {
    const { input, cameras } = this.#scene;
    const pointers = input.manager.pointers.filter(({ isDown }) => isDown);
    this.#touched ||= pointers.some(({ wasTouch }) => wasTouch);
    const choice = this.#choice();
    this.#show(choice === 'on' || (choice === 'auto' && this.#touched));
    const held = new Set<Control>();
    if (this.#shown)
      for (const pointer of pointers) {
        const { x, y } = cameras.main.getWorldPoint(pointer.x, pointer.y);
        const near = BUTTONS.find((button) => Math.hypot(button.x - x, button.y - y) < REACH);
        if (near) held.add(near.control);
      }
    for (const [control, circle] of this.#circles)
      circle.setFillStyle(held.has(control) ? 0xf2683c : 0x120d1c, held.has(control) ? 0.75 : 0.45);
    this.#held = held;
  }

  #show(shows: boolean): void {
    if (shows === this.#shown) return;
    this.#shown = shows;
    if (!shows) {
      for (const object of this.#objects.splice(0)) object.destroy();
      this.#circles.clear();
      return;
    }
    for (const { control, label, x, y } of BUTTONS) {
      const circle = this.#scene.add
        .circle(x, y, RADIUS, 0x120d1c, 0.45)
        .setStrokeStyle(2, 0xfff4e0, 0.6)
        .setDepth(55);
      const size = label.length > 1 ? 14 : 20;
      const text = addText(this.#scene, x, y, label, size).setOrigin(0.5).setDepth(56);
      this.#circles.set(control, circle);
      this.#objects.push(circle, text);
    }
  }
}
