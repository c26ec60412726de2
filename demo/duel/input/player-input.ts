import type * as Phaser from 'phaser';
import type { Intent } from '../rules/index.ts';

/** Keys of each control, by KeyboardEvent code; arrows and WASD both move. */
export const KEYS = {
  left: ['LEFT', 'A'],
  right: ['RIGHT', 'D'],
  jump: ['UP', 'W'],
  block: ['DOWN', 'S', 'L'],
  strike: ['J', 'Z'],
  throw: ['K', 'X'],
  fireball: ['I', 'C'],
  dash: ['SHIFT', 'O'],
} as const satisfies Record<string, readonly string[]>;

type Control = keyof typeof KEYS;

/** Standard gamepad buttons (W3C mapping): A strikes, B throws, X fireball, Y or up jumps, shoulders block and dash. */
const BUTTONS: Readonly<Record<Control, readonly number[]>> = {
  left: [14],
  right: [15],
  jump: [3, 12],
  block: [5, 7, 13],
  strike: [0],
  throw: [1],
  fireball: [2],
  dash: [4, 6],
};

/** Stick movement below this is rest. */
const DEAD_ZONE = 0.4;

/** Reads keyboard and the first gamepad into the intent of a tick. */
export class PlayerInput {
  readonly #keys: ReadonlyMap<Control, readonly Phaser.Input.Keyboard.Key[]>;
  readonly #gamepads: Phaser.Input.Gamepad.GamepadPlugin | null;

  constructor(scene: Phaser.Scene) {
    const keyboard = scene.input.keyboard;
    this.#gamepads = scene.input.gamepad;
    this.#keys = new Map(
      (Object.keys(KEYS) as Control[]).map((control) => [
        control,
        keyboard ? KEYS[control].map((key) => keyboard.addKey(key, true, false)) : [],
      ]),
    );
  }

  /** The controls held right now. */
  read(): Intent {
    const pad = this.#gamepads?.total ? this.#gamepads.getPad(0) : undefined;
    const stick = pad?.axes.length ? pad.axes[0].getValue() : 0;
    const held = (control: Control): boolean =>
      (this.#keys.get(control)?.some((key) => key.isDown) ?? false) ||
      BUTTONS[control].some((button) => pad?.buttons[button]?.pressed ?? false);
    return {
      left: held('left') || stick < -DEAD_ZONE,
      right: held('right') || stick > DEAD_ZONE,
      jump: held('jump'),
      strike: held('strike'),
      throw: held('throw'),
      block: held('block'),
      fireball: held('fireball'),
      dash: held('dash'),
    };
  }
}
