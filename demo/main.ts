import * as Phaser from 'phaser';
import { ForesightPlugin, ForesightScenePlugin } from '../plugin/index.ts';
import type { ForesightPluginOptions } from '../plugin/index.ts';
import { DriveScene } from './drive/scenes/drive-scene.ts';
import { FightScene } from './duel/scenes/fight-scene.ts';
import { TitleScene } from './duel/scenes/title-scene.ts';
import { RobotScene } from './robot/scenes/robot-scene.ts';
import { isSoftwareRenderer } from './common/software-renderer.ts';
import { startFirst } from './common/start-scene.ts';
import { WORLD } from './duel/view/stage-view.ts';

const foresight: ForesightPluginOptions = {
  store: 'indexeddb',
  storeName: 'foresight-duel',
  worker: () => new Worker(new URL('../src/worker/worker.ts', import.meta.url), { type: 'module' }),
};

const game = new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'game',
  backgroundColor: '#120d1c',
  width: WORLD.width,
  height: WORLD.height,
  scale: { mode: Phaser.Scale.FIT, autoCenter: Phaser.Scale.CENTER_BOTH },
  input: { gamepad: true },
  render: { antialiasGL: !isSoftwareRenderer() },
  scene: startFirst(
    [
      ['title', TitleScene],
      ['fight', FightScene],
      ['drive', DriveScene],
      ['robot', RobotScene],
    ],
    location.search,
  ),
  plugins: {
    global: [
      {
        key: 'Foresight',
        plugin: ForesightPlugin,
        mapping: 'foresight',
        start: true,
        data: foresight,
      },
    ],
    scene: [{ key: 'ForesightScene', plugin: ForesightScenePlugin, mapping: 'characters' }],
  },
});

// For tests and for trying things out in the browser's console.
Object.assign(globalThis, { duelGame: game });
