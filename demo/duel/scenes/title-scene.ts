import * as Phaser from 'phaser';
import type { SceneForesight } from '../../../plugin/index.ts';
import { addMenu } from '../../common/menu/menu.ts';
import type { MenuEntry } from '../../common/menu/menu.ts';
import { addText, INK } from '../../common/text.ts';
import { DUELIST_FILE, DUEL_SPEC } from '../duel-spec.ts';
import { CONTROL_NAMES, CONTROLS, keyName } from '../settings/bindings.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { WORLD } from '../view/world.ts';
import { TitleDemo } from './title-demo.ts';

/** Optional scenes: each gets an entry if the game has it. */
const OTHERS = [
  { key: 'drive', label: 'Drive', hint: 'A race that predicts where you will be in a second.' },
  { key: 'robot', label: 'Robot', hint: 'A robot that learned from a teacher to follow walls.' },
] as const;

/** Title and menu, over two scripted players that fight. Loads the pretrained model. */
export class TitleScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #demo!: TitleDemo;

  constructor() {
    super('title');
  }

  preload(): void {
    this.foresight.loadModel(DUEL_SPEC, DUELIST_FILE);
  }

  create(): void {
    this.foresight.defineModel(DUEL_SPEC);
    this.#demo = new TitleDemo(this, Math.floor(Math.random() * 1000));
    const { width, height } = WORLD;
    this.add.rectangle(0, 0, width, height, 0x120d1c, 0.45).setOrigin(0).setDepth(58);
    const middle = width / 2;
    addText(this, middle, 70, 'FORESIGHT DUEL', 54).setOrigin(0.5).setDepth(60);
    addText(this, middle, 113, 'It learns what you do next.', 18, INK.gold)
      .setOrigin(0.5)
      .setDepth(60);
    const rule = 'Strike beats throw, throw beats block, block beats strike.';
    addText(this, middle, 392, rule, 14, INK.gold).setOrigin(0.5).setDepth(60);
    addText(this, middle, 414, this.#keys(), 13, INK.bright).setOrigin(0.5).setDepth(60);
    const keys = 'T  training mode     P  predictions on / off     Esc  pause';
    addText(this, middle, 434, keys, 12, INK.soft).setOrigin(0.5).setDepth(60);
    addMenu(this, this.#entries(), {
      x: middle,
      y: 160,
      gap: 32,
      size: 19,
      width: 280,
      sound: (kind) => duelSound().play(kind),
    });
  }

  override update(_time: number, delta: number): void {
    this.#demo.update(delta / 1000);
    duelSound().update();
  }

  #entries(): MenuEntry[] {
    const start =
      (key: string, data: object = {}) =>
      () =>
        void this.scene.start(key, data);
    const others = OTHERS.filter(({ key }) => this.scene.manager.keys[key] !== undefined);
    return [
      {
        label: 'Duel',
        hint: () => 'Against a rival that reads your habits, and shows it.',
        run: start('fight', { rival: 'npc' }),
      },
      {
        label: 'Fight your shadow',
        hint: () => 'Against a network that was trained on you alone.',
        run: start('shadow'),
      },
      { label: 'Watch a replay', run: start('replays') },
      ...others.map(({ key, label, hint }) => ({ label, hint: () => hint, run: start(key) })),
      { label: 'Options', run: start('options', { back: 'title' }) },
    ];
  }

  /** "Left ←   Right →   Jump ↑ ...", from the current bindings. */
  #keys(): string {
    const { bindings } = settingsStore().settings;
    return CONTROLS.map((name) => `${CONTROL_NAMES[name]} ${keyName(bindings[name][0])}`).join(
      '    ',
    );
  }
}
