import * as Phaser from 'phaser';
import { foresight } from '../plugin/index.ts';
import { parseAddress } from './common/address.ts';
import { BASE } from './common/lay-out.ts';
import { keepScreenSharp } from './common/screen.ts';
import { isSoftwareRenderer } from './common/software-renderer.ts';
import { StartScene } from './common/start-scene.ts';
import { DriveScene } from './drive/scenes/drive-scene.ts';
import { FightScene } from './duel/scenes/fight-scene.ts';
import { GhostsScene } from './duel/scenes/ghosts-scene.ts';
import { OptionsScene } from './duel/scenes/options-scene.ts';
import { ReplayScene } from './duel/scenes/replay-scene.ts';
import { ReplaysScene } from './duel/scenes/replays-scene.ts';
import { ResultsScene } from './duel/scenes/results-scene.ts';
import { ShadowScene } from './duel/scenes/shadow-scene.ts';
import { TitleScene } from './duel/scenes/title-scene.ts';
import { TutorialScene } from './duel/scenes/tutorial-scene.ts';
import { WatchScene } from './duel/scenes/watch-scene.ts';
import { settingsStore } from './duel/settings/settings-store.ts';
import { duelSound } from './duel/sound/duel-sound.ts';
import { RobotScene } from './robot/scenes/robot-scene.ts';

const isSoftware = isSoftwareRenderer();
const { sharpness, engine } = parseAddress(location.search);

const game = new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'game',
  backgroundColor: '#120d1c',
  ...BASE,
  scale: { mode: Phaser.Scale.FIT },
  input: { gamepad: true },
  // Sounds are synthesised: see demo/common/sound.
  audio: { noAudio: true },
  render: { antialiasGL: !isSoftware },
  scene: [
    StartScene,
    TitleScene,
    TutorialScene,
    FightScene,
    ShadowScene,
    GhostsScene,
    WatchScene,
    ResultsScene,
    ReplaysScene,
    ReplayScene,
    OptionsScene,
    DriveScene,
    RobotScene,
  ],
  plugins: foresight({
    store: 'indexeddb',
    storeName: 'foresight-duel',
    ...(engine && { engine }),
    worker: () =>
      new Worker(new URL('../src/worker/worker.ts', import.meta.url), { type: 'module' }),
  }),
});

// Without a graphics card every pixel costs processor time: the canvas stays small and the browser
// scales it.
const isPlain = isSoftware && sharpness === null;
keepScreenSharp(game, {
  fixed: sharpness ?? (isPlain ? 1 : undefined),
  isPlain,
});
settingsStore().follow((settings) => duelSound().follow(settings));
game.events.on(Phaser.Core.Events.STEP, () => duelSound().update());
globalThis.addEventListener('keydown', ({ code, repeat }) => {
  const store = settingsStore();
  if (code === 'KeyM' && !repeat) store.change({ muted: !store.settings.muted });
});

// For tests and for trying things out in the browser's console.
Object.assign(globalThis, { duelGame: game });
