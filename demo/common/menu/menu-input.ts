import * as Phaser from 'phaser';
import { handleOnce } from '../handle-once.ts';

/** What a player can do in a menu. */
export type MenuCommand = 'up' | 'down' | 'left' | 'right' | 'confirm' | 'back';

const KEYS: Readonly<Record<string, MenuCommand>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  KeyW: 'up',
  KeyS: 'down',
  KeyA: 'left',
  KeyD: 'right',
  Enter: 'confirm',
  NumpadEnter: 'confirm',
  Space: 'confirm',
  Escape: 'back',
  Backspace: 'back',
};

/** Standard gamepad buttons (W3C mapping): A confirms, B goes back, start confirms too. */
const BUTTONS: Readonly<Record<number, MenuCommand>> = {
  0: 'confirm',
  1: 'back',
  9: 'confirm',
  12: 'up',
  13: 'down',
  14: 'left',
  15: 'right',
};

/** How far a stick must lean to count as a press, and how near to rest before it counts again. */
const STICK = { lean: 0.6, rest: 0.3 } as const;

/**
 * Calls `command` for a scene's keys, pad buttons and stick, once per press. It is called in the
 * scene's update, so that a scene which it opens does not receive the same press.
 */
export function readMenuInput(scene: Phaser.Scene, command: (command: MenuCommand) => void): void {
  const waiting: MenuCommand[] = [];
  let leaning = false;
  const onKey = handleOnce(({ code, repeat }) => {
    const found = KEYS[code];
    if (found && !repeat) waiting.push(found);
  });
  const onButton = (_pad: unknown, button: Phaser.Input.Gamepad.Button): void => {
    const found = BUTTONS[button.index];
    if (found) waiting.push(found);
  };
  const readStick = (): void => {
    const pad = scene.input.gamepad?.total ? scene.input.gamepad.getPad(0) : undefined;
    if (!pad || pad.axes.length < 2) return;
    const [x, y] = [pad.axes[0].getValue(), pad.axes[1].getValue()];
    const most = Math.max(Math.abs(x), Math.abs(y));
    if (most < STICK.rest) leaning = false;
    if (leaning || most < STICK.lean) return;
    leaning = true;
    if (Math.abs(x) > Math.abs(y)) waiting.push(x < 0 ? 'left' : 'right');
    else waiting.push(y < 0 ? 'up' : 'down');
  };
  const onUpdate = (): void => {
    readStick();
    for (const one of waiting.splice(0)) command(one);
  };
  scene.input.keyboard?.on('keydown', onKey);
  scene.input.gamepad?.on('down', onButton);
  scene.events.on(Phaser.Scenes.Events.UPDATE, onUpdate);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
    scene.input.keyboard?.off('keydown', onKey);
    scene.input.gamepad?.off('down', onButton);
    scene.events.off(Phaser.Scenes.Events.UPDATE, onUpdate);
  });
}
