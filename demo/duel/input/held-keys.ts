import * as Phaser from 'phaser';

/** Keys that would scroll the page around the game. */
const CAPTURED = ['UP', 'DOWN', 'LEFT', 'RIGHT', 'SPACE'];

/** Which keys are down, by `KeyboardEvent.code`, while a scene runs. */
export class HeldKeys {
  readonly #down = new Set<string>();
  /** Keys pressed since the last tick: a press shorter than a tick counts too. */
  readonly #pressed = new Set<string>();

  constructor(scene: Phaser.Scene) {
    const { keyboard } = scene.input;
    if (!keyboard) return;
    keyboard.addCapture(CAPTURED);
    const down = ({ code }: KeyboardEvent): void => {
      this.#down.add(code);
      this.#pressed.add(code);
    };
    const up = ({ code }: KeyboardEvent): void => void this.#down.delete(code);
    const clear = (): void => this.clear();
    keyboard.on('keydown', down).on('keyup', up);
    // The release of a key is not reported while another window or scene has the keyboard.
    scene.game.events.on(Phaser.Core.Events.BLUR, clear);
    scene.events.on(Phaser.Scenes.Events.RESUME, clear);
    scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
      keyboard.off('keydown', down).off('keyup', up);
      scene.game.events.off(Phaser.Core.Events.BLUR, clear);
      scene.events.off(Phaser.Scenes.Events.RESUME, clear);
    });
  }

  isHeld(code: string): boolean {
    return this.#down.has(code) || this.#pressed.has(code);
  }

  /** Ends a tick: the presses have been read. */
  endTick(): void {
    this.#pressed.clear();
  }

  /** Releases all keys. */
  clear(): void {
    this.#down.clear();
    this.#pressed.clear();
  }
}
