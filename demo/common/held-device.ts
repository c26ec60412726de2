import * as Phaser from 'phaser';
import { DeviceWatch } from './device-watch.ts';
import type { HeldDevice } from './device-watch.ts';

let shared: DeviceWatch | null = null;

const watch = (): DeviceWatch => (shared ??= new DeviceWatch());

/** What the player holds now. */
export const heldDevice = (): HeldDevice => watch().device;

/** Calls `show` now and whenever the player takes another device, while the scene runs. */
export function followDevice(scene: Phaser.Scene, show: (device: HeldDevice) => void): void {
  const follow = (): void => show(heldDevice());
  const stop = watch().follow(follow);
  const onButton = (): void => watch().usePad();
  scene.input.gamepad?.on('down', onButton);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
    stop();
    scene.input.gamepad?.off('down', onButton);
  });
  follow();
}
