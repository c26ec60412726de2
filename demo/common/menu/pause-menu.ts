import type * as Phaser from 'phaser';
import { followScreen } from '../screen.ts';
import { addShade } from '../shade.ts';
import { addText, INK } from '../text.ts';
import { Menu } from './menu.ts';
import type { MenuEntry, MenuOptions } from './menu.ts';

export interface PauseMenuOptions {
  /** Between "Resume" and "Quit to title". */
  readonly entries: readonly PauseEntry[];
  /** Below the menu. */
  readonly note?: string;
  readonly resume?: () => void;
  readonly sound?: MenuOptions['sound'];
}

export interface PauseEntry extends MenuEntry {
  /** Whether its choice ends the pause. */
  readonly closes?: boolean;
}

/** The menu over a paused game. The scene opens it, and stands still while it is open. */
export class PauseMenu {
  readonly #menu: Menu;
  readonly #others: readonly (Phaser.GameObjects.Rectangle | Phaser.GameObjects.Text)[];
  readonly #resume: () => void;

  constructor(scene: Phaser.Scene, { entries, note = '', resume, sound }: PauseMenuOptions) {
    this.#resume = resume ?? (() => {});
    const title = addText(scene, 0, 0, 'Paused', 42).setOrigin(0.5).setDepth(70);
    const text = addText(scene, 0, 0, note, 14, INK.soft).setOrigin(0.5, 1).setDepth(70);
    this.#others = [addShade(scene, { alpha: 0.6, depth: 68 }), title, text];
    followScreen(scene, ({ ui, deck }) => {
      title.setPosition(ui.width / 2, deck ? deck.y - 30 : ui.height * 0.13);
      text.setPosition(ui.width / 2, ui.height - 20).setWordWrapWidth(ui.width - 24);
    });
    const leave = ({ closes, run, ...entry }: PauseEntry): MenuEntry => ({
      ...entry,
      run:
        closes && run
          ? () => {
              this.close();
              run();
            }
          : run,
    });
    this.#menu = new Menu(
      scene,
      [
        { label: 'Resume', run: () => this.close() },
        ...entries.map(leave),
        { label: 'Quit to title', run: () => void scene.scene.start('title', {}) },
      ],
      {
        box: ({ ui, deck }) => {
          const top = deck?.y ?? ui.height * 0.2;
          return { x: 0, y: top, width: ui.width, height: ui.height - top - (note ? 76 : 12) };
        },
        gap: 38,
        size: 20,
        width: 270,
        back: () => this.close(),
        sound,
      },
    );
    this.#show(false);
  }

  get isOpen(): boolean {
    return this.#menu.enabled;
  }

  open(): void {
    this.#show(true);
  }

  close(): void {
    this.#show(false);
    this.#resume();
  }

  #show(shows: boolean): void {
    this.#menu.enabled = shows;
    for (const object of this.#others) object.setVisible(shows);
  }
}

/** The entry that opens the options over a scene. */
export function optionsEntry(scene: Phaser.Scene): MenuEntry {
  return {
    label: 'Options',
    run: () => {
      scene.scene.launch('options', { back: scene.scene.key });
      scene.scene.pause();
    },
  };
}
