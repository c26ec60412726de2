import * as Phaser from 'phaser';
import { Fight } from './fight';

const config: Phaser.Types.Core.GameConfig = {
  width: 160,
  height: 120,
  scene: Fight,
  audio: { noAudio: true },
};

new Phaser.Game(config);
