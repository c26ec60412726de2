import * as Phaser from 'phaser';
import type { SceneForesight } from '../../../plugin/index.ts';
import { addMenu } from '../../common/menu/menu.ts';
import type { MenuEntry } from '../../common/menu/menu.ts';
import { followDevice } from '../../common/held-device.ts';
import { isLow } from '../../common/lay-out.ts';
import { followScreen } from '../../common/screen.ts';
import { addShade } from '../../common/shade.ts';
import { addText, INK } from '../../common/text.ts';
import { DUELIST_FILE, DUEL_SPEC } from '../duel-spec.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { controlsHint } from './hints.ts';
import { TitleDemo } from './title-demo.ts';

/** Optional scenes: each gets an entry if the game has it. */
const OTHERS = [
  { key: 'drive', label: 'Drive', hint: 'A race that predicts where you will be in a second.' },
  { key: 'robot', label: 'Robot', hint: 'A robot that learned from a teacher to follow walls.' },
] as const;

/** Units below the menu for the rule and the controls. */
const HINTS = 92;

/** Middle of the title where the stage fills a window of this height. */
const topOf = (height: number): number => Math.max(28, height * 0.13 - 6);

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
    addShade(this, { alpha: 0.45, depth: 58 });
    this.#addTexts();
    addMenu(this, this.#entries(), {
      box: (layout) => {
        const { ui, deck } = layout;
        // Over the edge of the stage: a thumb needs the room.
        const top = deck ? deck.y - 32 : isLow(layout) ? 52 : topOf(ui.height) + 60;
        const below = isLow(layout) ? 8 : HINTS;
        return { x: 0, y: top, width: ui.width, height: ui.height - top - below };
      },
      width: 280,
      sound: (kind) => duelSound().play(kind),
    });
  }

  override update(_time: number, delta: number): void {
    this.#demo.update(delta / 1000);
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
        run: start('fight'),
      },
      {
        label: 'Learn to fight',
        hint: () => 'Strike, throw and block in half a minute.',
        run: start('tutorial'),
      },
      {
        label: 'Fight your shadow',
        hint: () => 'Against a network that was trained on you alone.',
        run: start('shadow', { next: { scene: 'fight', data: { note: 'It fights like you.' } } }),
      },
      {
        label: 'Ghosts',
        hint: () => 'Shadows of others: fight them, watch them, and share yours.',
        run: start('ghosts'),
      },
      { label: 'Watch a replay', run: start('replays') },
      ...others.map(({ key, label, hint }) => ({ label, hint: () => hint, run: start(key) })),
      { label: 'Options', run: start('options', { back: 'title' }) },
    ];
  }

  #addTexts(): void {
    const text = (value: string, size: number, colour?: string): Phaser.GameObjects.Text =>
      addText(this, 0, 0, value, size, colour).setOrigin(0.5).setDepth(60);
    const title = text('FORESIGHT DUEL', 54);
    const motto = text('It learns what you do next.', 18, INK.gold);
    const rule = text('Strike beats throw, throw beats block, block beats strike.', 14, INK.gold);
    const hint = text('', 14);
    for (const low of [rule, hint]) low.setOrigin(0.5, 1);
    followScreen(this, (layout) => {
      const { ui, deck } = layout;
      for (const one of [motto, rule, hint]) one.setVisible(!isLow(layout));
      const middle = ui.width / 2;
      const top = deck ? deck.y * 0.3 : topOf(ui.height);
      title.setPosition(middle, top).setFontSize(Math.min(54, ui.width / 10.5));
      motto.setPosition(middle, top + 40);
      hint.setPosition(middle, ui.height - 6).setWordWrapWidth(ui.width - 20);
      rule.setPosition(middle, ui.height - 50).setWordWrapWidth(ui.width - 20);
    });
    followDevice(this, (device) =>
      hint.setText(controlsHint(device, settingsStore().settings.bindings).join('\n')),
    );
  }
}
