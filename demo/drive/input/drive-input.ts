import type * as Phaser from 'phaser';
import { TouchPad } from '../../common/touch-pad.ts';
import type { TouchButton } from '../../common/touch-pad.ts';
import type { Controls } from '../rules/index.ts';

/** Keys of each control, by Phaser's names; arrows and WASD both drive. */
export const KEYS = {
  left: ['LEFT', 'A'],
  right: ['RIGHT', 'D'],
  gas: ['UP', 'W'],
  brake: ['DOWN', 'S', 'SPACE'],
} as const satisfies Record<string, readonly string[]>;

/** What a key, a button of a pad or one on the screen does. */
export type DriveControl = keyof typeof KEYS;

/** Standard gamepad (W3C mapping): left stick steers, right trigger or A is gas, left trigger or B brakes. */
const BUTTONS: Readonly<Record<DriveControl, readonly number[]>> = {
  left: [14],
  right: [15],
  gas: [7, 0],
  brake: [6, 1],
};

/** The buttons on the screen. */
export const DRIVE_BUTTONS: readonly TouchButton<DriveControl>[] = [
  { control: 'left', sign: 'left', corner: 'left', inwards: 48, up: 96 },
  { control: 'right', sign: 'right', corner: 'left', inwards: 136, up: 96 },
  { control: 'gas', sign: { word: 'Gas' }, corner: 'right', inwards: 52, up: 132 },
  { control: 'brake', sign: { word: 'Brake' }, corner: 'right', inwards: 116, up: 76 },
];

/** Stick movement below this counts as rest. */
const DEAD_ZONE = 0.12;

/** Reads keyboard, the first gamepad and the screen's buttons into the controls of a tick. */
export class DriveInput {
  readonly #keys: ReadonlyMap<DriveControl, readonly Phaser.Input.Keyboard.Key[]>;
  readonly #touch: TouchPad<DriveControl>;
  readonly #gamepads: Phaser.Input.Gamepad.GamepadPlugin | null;

  constructor(scene: Phaser.Scene) {
    const keyboard = scene.input.keyboard;
    this.#touch = new TouchPad(scene, DRIVE_BUTTONS);
    this.#gamepads = scene.input.gamepad;
    this.#keys = new Map(
      (Object.keys(KEYS) as DriveControl[]).map((control) => [
        control,
        keyboard ? KEYS[control].map((key) => keyboard.addKey(key, true, false)) : [],
      ]),
    );
  }

  /** Call it at every frame. */
  update(): void {
    this.#touch.update();
  }

  read(): Controls {
    const stick = this.#stick();
    const keyed = this.#held('right') - this.#held('left');
    return {
      steering: keyed || stick,
      throttle: this.#held('gas') - this.#held('brake'),
    };
  }

  /** From 0 to 1; a key is all or nothing, a trigger may be in between. */
  #held(control: DriveControl): number {
    if (this.#keys.get(control)!.some((key) => key.isDown)) return 1;
    if (this.#touch.isHeld(control)) return 1;
    const pad = this.#pad();
    return pad ? Math.max(...BUTTONS[control].map((index) => pad.buttons[index]?.value ?? 0)) : 0;
  }

  #stick(): number {
    const moved = this.#pad()?.axes[0]?.getValue() ?? 0;
    const size = Math.abs(moved);
    return size < DEAD_ZONE ? 0 : (Math.sign(moved) * (size - DEAD_ZONE)) / (1 - DEAD_ZONE);
  }

  #pad(): Phaser.Input.Gamepad.Gamepad | null {
    return this.#gamepads?.total ? this.#gamepads.getPad(0) : null;
  }
}
