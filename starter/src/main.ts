import * as Phaser from 'phaser';
import { foresight } from 'phaser-foresight';
import { DuelScene } from './duel-scene';

new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'game',
  width: 800,
  height: 450,
  backgroundColor: '#1c2331',
  scale: { mode: Phaser.Scale.FIT },
  scene: DuelScene,
  plugins: foresight({ store: 'indexeddb' }),
});
