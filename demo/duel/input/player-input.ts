import type * as Phaser from 'phaser';
import { TouchPad } from '../../common/touch-pad.ts';
import type { Intent } from '../rules/index.ts';
import type { Control } from '../settings/bindings.ts';
import type { Settings } from '../settings/settings.ts';
import { DUEL_BUTTONS } from './duel-buttons.ts';
import { HeldKeys } from './held-keys.ts';

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

/** Stick movement below this counts as rest. */
const DEAD_ZONE = 0.4;

/** Reads keyboard, the first gamepad and the screen's buttons into the intent of a tick. */
export class PlayerInput {
  readonly #keys: HeldKeys;
  readonly #touch: TouchPad<Control>;
  readonly #gamepads: Phaser.Input.Gamepad.GamepadPlugin | null;
  readonly #settings: () => Settings;

  /** @param settings called at every tick: key bindings may change while the duel is paused */
  constructor(scene: Phaser.Scene, settings: () => Settings) {
    this.#keys = new HeldKeys(scene);
    this.#touch = new TouchPad(scene, DUEL_BUTTONS, { choice: () => settings().touch });
    this.#gamepads = scene.input.gamepad;
    this.#settings = settings;
  }

  /** Call it at every frame. */
  update(): void {
    this.#touch.update();
  }

  /** Releases all controls, for example at the end of a pause. */
  clear(): void {
    this.#keys.clear();
  }

  /** The controls that are held, or were pressed since the last call. */
  read(): Intent {
    const { bindings } = this.#settings();
    const pad = this.#gamepads?.total ? this.#gamepads.getPad(0) : undefined;
    const stick = pad?.axes.length ? pad.axes[0].getValue() : 0;
    const held = (control: Control): boolean =>
      bindings[control].some((code) => this.#keys.isHeld(code)) ||
      BUTTONS[control].some((button) => pad?.buttons[button]?.pressed ?? false) ||
      this.#touch.isHeld(control);
    const intent = {
      left: held('left') || stick < -DEAD_ZONE,
      right: held('right') || stick > DEAD_ZONE,
      jump: held('jump'),
      strike: held('strike'),
      throw: held('throw'),
      block: held('block'),
      fireball: held('fireball'),
      dash: held('dash'),
    };
    this.#keys.endTick();
    return intent;
  }
}
