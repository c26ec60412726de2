import * as Phaser from 'phaser';
import { heldDevice } from '../../common/held-device.ts';
import { Menu } from '../../common/menu/menu.ts';
import { onPress } from '../../common/on-press.ts';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import { PlayerInput } from '../input/player-input.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { ENOUGH, Lessons } from '../tutorial/lessons.ts';
import type { Skill } from '../tutorial/lessons.ts';
import { DuelView } from '../view/duel-view.ts';
import { DuelLoop } from './duel-loop.ts';
import { controlHint } from './hints.ts';

/** What the partner does, and what beats it. */
const TEXTS: Readonly<Record<Skill, readonly [title: string, why: string]>> = {
  strike: ['Strike beats throw', 'It walks up to throw you. Hit it before it is there.'],
  throw: ['Throw beats block', 'It only guards: a strike would do nothing. Walk up close.'],
  block: ['Block beats strike', 'It strikes again and again. Hold your guard.'],
};

/** Half a minute with a partner: strike, throw and block. Nothing here is recorded. */
export class TutorialScene extends Phaser.Scene {
  #loop!: DuelLoop;
  #lessons!: Lessons;
  #view!: DuelView;
  #input!: PlayerInput;
  #menu!: Menu;
  #title!: Phaser.GameObjects.Text;
  #why!: Phaser.GameObjects.Text;
  #press!: Phaser.GameObjects.Text;

  constructor() {
    super('tutorial');
  }

  /** The lessons: for tests. */
  get lessons(): Lessons {
    return this.#lessons;
  }

  create(): void {
    const { settings } = settingsStore();
    this.#view = new DuelView(this, {
      names: ['', ''],
      hasHud: false,
      sound: duelSound(),
      shakes: () => settings.shake,
    });
    const text = (size: number, colour: string): Phaser.GameObjects.Text =>
      addText(this, 0, 0, '', size, colour).setOrigin(0.5, 0).setDepth(60);
    this.#title = text(32, INK.bright);
    this.#why = text(16, INK.soft);
    this.#press = text(18, INK.gold);
    followScreen(this, ({ ui, stage }) => {
      const top = Math.max(50, stage.height * 0.14);
      this.#title.setPosition(ui.width / 2, top).setFontSize(Math.min(32, ui.width / 13));
      this.#why.setPosition(ui.width / 2, top + 40).setWordWrapWidth(ui.width - 24);
      this.#press.setPosition(ui.width / 2, top + (ui.width < 500 ? 84 : 64));
    });
    this.#input = new PlayerInput(this, () => settingsStore().settings);
    this.#lessons = new Lessons();
    this.#loop = new DuelLoop(
      { roundsToWin: Infinity, roundTicks: Infinity },
      {
        read: () => this.#input.read(),
        rival: (state) => this.#lessons.partner(state),
        act: () => {},
        event: (event) => {
          this.#view.event(event, this.#loop.state);
          // No one loses here.
          for (const fighter of this.#loop.state.fighters) fighter.health = 100;
          if (this.#lessons.event(event)) duelSound().play('read');
        },
      },
    );
    const leave = (): void => void this.scene.start('title', {});
    this.#menu = new Menu(
      this,
      [
        { label: 'Duel', run: () => void this.scene.start('fight', { rival: 'npc' }) },
        { label: 'Title', run: leave },
      ],
      {
        box: ({ ui, stage, deck }) => {
          const y = deck?.y ?? stage.height * 0.55;
          return { x: 0, y, width: ui.width, height: 110 };
        },
        width: 220,
        back: leave,
        sound: (kind) => duelSound().play(kind),
      },
    );
    this.#menu.enabled = false;
    onPress(this, 'ESC', leave);
    addPauseButton(this, leave, ({ ui }) => ({ x: ui.width / 2, y: 26 }));
  }

  override update(_time: number, delta: number): void {
    this.#input.update();
    this.#loop.advance(delta);
    this.#view.update(this.#loop.state, delta / 1000);
    this.#explain();
  }

  #explain(): void {
    const { skill, successes } = this.#lessons;
    if (skill === null) {
      this.#title.setText('That is all you need');
      this.#why.setText('Whatever you do often, the rival will foresee.');
      this.#press.setText('');
      if (!this.#menu.enabled) this.#menu.enabled = true;
      return;
    }
    const [title, why] = TEXTS[skill];
    const { bindings } = settingsStore().settings;
    const name = controlHint(heldDevice(), skill, bindings);
    this.#title.setText(title);
    this.#why.setText(why);
    this.#press.setText(
      `${skill === 'block' ? 'Hold' : 'Press'} ${name}    ${successes} of ${ENOUGH}`,
    );
  }
}
