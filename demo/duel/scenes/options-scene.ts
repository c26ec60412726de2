import * as Phaser from 'phaser';
import { bake } from '../../common/bake.ts';
import { handleOnce } from '../../common/handle-once.ts';
import { Menu } from '../../common/menu/menu.ts';
import type { MenuEntry } from '../../common/menu/menu.ts';
import { followScreen, UI_DEPTH } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import {
  CONTROL_NAMES,
  CONTROLS,
  DEFAULT_BINDINGS,
  keyName,
  keyNames,
  rebind,
  reservedFor,
} from '../settings/bindings.ts';
import type { Control } from '../settings/bindings.ts';
import { fairSwitch } from '../settings/fair-text.ts';
import { DIFFICULTY_NAMES, explainDifficulty, TOUCH_CHOICES } from '../settings/settings.ts';
import type { Settings } from '../settings/settings.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { WORLD } from '../view/world.ts';

export interface OptionsData {
  /** Scene to return to: `title` is started, any other is resumed. */
  readonly back?: string;
}

const STEP = 0.1;

/** The value `direction` steps further, in a circle. */
function neighbour<T>(values: readonly T[], value: T, direction: number): T {
  return values[(values.indexOf(value) + direction + values.length) % values.length];
}

const percent = (share: number): string => (share === 0 ? 'off' : `${Math.round(share * 100)} %`);

/** Options: difficulty, sound, motion and keys. */
export class OptionsScene extends Phaser.Scene {
  #menu!: Menu;
  #title!: Phaser.GameObjects.Text;
  #message!: Phaser.GameObjects.Text;
  #back = 'title';
  /** The control that the next key will be bound to; null while none is. */
  #capturing: Control | null = null;
  #page: 'main' | 'keys' = 'main';

  constructor() {
    super('options');
  }

  init({ back = 'title' }: OptionsData): void {
    this.#back = back;
  }

  create(): void {
    this.#capturing = null;
    this.#page = 'main';
    const { width, height } = WORLD;
    const dusk = bake(this, 'options-ground', { width, height }, (context) => {
      const sky = context.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, '#1d1842');
      sky.addColorStop(1, '#46274f');
      context.fillStyle = sky;
      context.fillRect(0, 0, width, height);
    });
    const ground = this.add.image(0, 0, dusk.key).setOrigin(0).setDepth(UI_DEPTH);
    this.#title = addText(this, 0, 0, 'Options', 38).setOrigin(0.5).setDepth(60);
    this.#message = addText(this, 0, 0, '', 14, INK.gold).setOrigin(0.5, 1).setDepth(60);
    followScreen(this, ({ ui }) => {
      ground.setDisplaySize(ui.width, ui.height);
      this.#title.setPosition(ui.width / 2, Math.min(48, ui.height * 0.09));
      this.#message.setPosition(ui.width / 2, ui.height - 8).setWordWrapWidth(ui.width - 24);
    });
    this.#menu = new Menu(this, [], {
      box: ({ ui }) => {
        const top = Math.min(84, ui.height * 0.18);
        return { x: 0, y: top, width: ui.width, height: ui.height - top - 32 };
      },
      size: 18,
      width: 470,
      back: () => this.#goBack(),
      sound: (kind) => duelSound().play(kind),
    });
    this.#showMain(0);
    const onKey = handleOnce(({ code }) => this.#capture(code));
    this.input.keyboard?.on('keydown', onKey);
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
      this.input.keyboard?.off('keydown', onKey),
    );
  }

  override update(): void {
    // Only after the menu has ignored the key that was bound, which is not a command.
    this.#menu.listens = this.#capturing === null;
  }

  get #settings(): Settings {
    return settingsStore().settings;
  }

  #change(changes: Partial<Settings>): void {
    settingsStore().change(changes);
  }

  #showMain(focus: number): void {
    this.#page = 'main';
    this.#title.setText('Options');
    const volume = (label: string, key: 'sound' | 'music'): MenuEntry => ({
      label,
      value: () => percent(this.#settings[key]),
      step: (direction) => {
        const next = Math.round((this.#settings[key] + direction * STEP) * 10) / 10;
        this.#change({ [key]: next > 1 ? 0 : Math.max(0, next) });
      },
    });
    const fair = fairSwitch(this.#settings.language);
    const shake = (): void => this.#change({ shake: !this.#settings.shake });
    this.#menu.setEntries(
      [
        {
          label: 'Difficulty',
          value: () => this.#settings.difficulty,
          hint: () => explainDifficulty(this.#settings.difficulty, this.#settings.fair),
          step: (direction) =>
            this.#change({
              difficulty: neighbour(DIFFICULTY_NAMES, this.#settings.difficulty, direction),
            }),
        },
        {
          label: fair.label,
          value: () => fair.value(this.#settings.fair),
          hint: () => fair.hint,
          step: () => this.#change({ fair: !this.#settings.fair }),
        },
        volume('Sound', 'sound'),
        volume('Music', 'music'),
        {
          label: 'All sound',
          value: () => (this.#settings.muted ? 'off' : 'on'),
          step: () => this.#change({ muted: !this.#settings.muted }),
        },
        {
          label: 'Screen shake',
          value: () => (this.#settings.shake ? 'on' : 'off'),
          hint: () => 'Off by default if your system prefers less motion.',
          step: shake,
        },
        {
          label: 'Buttons on the screen',
          value: () => this.#settings.touch,
          hint: () => 'auto: once a finger has touched the screen.',
          step: (direction) =>
            this.#change({ touch: neighbour(TOUCH_CHOICES, this.#settings.touch, direction) }),
        },
        { label: 'Keys', value: () => 'change', run: () => this.#showKeys(0) },
        { label: 'Back', run: () => this.#goBack() },
      ],
      focus,
    );
  }

  #showKeys(focus: number): void {
    this.#page = 'keys';
    this.#title.setText('Keys');
    const entries = CONTROLS.map((control) => ({
      label: CONTROL_NAMES[control],
      value: () =>
        this.#capturing === control ? 'press a key' : keyNames(this.#settings.bindings[control]),
      run: () => this.#beginCapture(control),
    }));
    const reset = (): void => {
      this.#change({ bindings: DEFAULT_BINDINGS });
      this.#message.setText('The keys are back to their defaults.');
    };
    this.#menu.setEntries(
      [
        ...entries,
        { label: 'Reset to defaults', run: reset },
        { label: 'Back', run: () => this.#goBack() },
      ],
      focus,
    );
  }

  #beginCapture(control: Control): void {
    this.#capturing = control;
    this.#menu.refresh();
    this.#message.setText(
      `Press the key for ${CONTROL_NAMES[control].toLowerCase()}. Esc: leave it as it is.`,
    );
    this.#menu.listens = false;
  }

  #capture(code: string): void {
    const control = this.#capturing;
    if (!control) return;
    if (code === 'Escape') {
      this.#endCapture('');
      return;
    }
    const reserved = reservedFor(code);
    if (reserved) {
      this.#message.setText(`${keyName(code)} ${reserved}: choose another key.`);
      return;
    }
    const before = this.#settings.bindings;
    const loser = CONTROLS.find((other) => other !== control && before[other].includes(code));
    this.#change({ bindings: rebind(before, control, code) });
    const now = this.#settings.bindings;
    this.#endCapture(
      loser
        ? `${keyName(code)} was ${CONTROL_NAMES[loser].toLowerCase()}, which is now ${keyNames(now[loser])}.`
        : `${CONTROL_NAMES[control]} is now ${keyName(code)}.`,
    );
  }

  #endCapture(message: string): void {
    this.#capturing = null;
    this.#message.setText(message);
    this.#menu.refresh();
  }

  #goBack(): void {
    this.#message.setText('');
    if (this.#page === 'keys') {
      this.#showMain(7);
      return;
    }
    if (this.#back === 'title') {
      this.scene.start('title', {});
      return;
    }
    this.scene.stop();
    this.scene.resume(this.#back);
  }
}
