import * as Phaser from 'phaser';
import { parseAddress } from './address.ts';

/** Starts the scene that the address names (`?scene=fight`), or the title. */
export class StartScene extends Phaser.Scene {
  constructor() {
    super('start');
  }

  create(): void {
    const { scene } = parseAddress(location.search);
    const isKnown = scene !== null && scene !== 'start' && scene in this.scene.manager.keys;
    this.scene.start(isKnown ? scene : 'title', {});
  }
}
