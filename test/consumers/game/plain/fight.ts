/** A scene that takes the step which `foresight init` leaves to its author: it calls addForesight. */
import * as Phaser from 'phaser';
import { addForesight } from './foresight-example';
import { playItself } from './play-itself';

export class Fight extends Phaser.Scene {
  #play = (): void => {};

  create(): void {
    const player = this.add.rectangle(40, 60, 20, 40, 0x4f9dff);
    const enemy = this.add.rectangle(120, 60, 20, 40, 0xff6b5e);
    this.#play = playItself(this.foresight, addForesight(this, player, enemy));
  }

  override update(): void {
    this.#play();
  }
}
