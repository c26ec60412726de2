import type * as Phaser from 'phaser';
import { Menu } from '../../common/menu/menu.ts';
import { addText, INK } from '../../common/text.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { WORLD } from '../view/world.ts';

export interface PauseActions {
  readonly resume: () => void;
  readonly restart: () => void;
  /** Opens or closes training mode: the only way without a keyboard. */
  readonly training: () => void;
  readonly quit: () => void;
}

/** The menu over a paused fight. */
export class PauseMenu {
  readonly #menu: Menu;
  readonly #others: readonly (Phaser.GameObjects.Rectangle | Phaser.GameObjects.Text)[];
  readonly #actions: PauseActions;

  constructor(scene: Phaser.Scene, actions: PauseActions) {
    this.#actions = actions;
    const { width, height } = WORLD;
    this.#others = [
      scene.add.rectangle(0, 0, width, height, 0x120d1c, 0.6).setOrigin(0).setDepth(68),
      addText(scene, width / 2, 112, 'Paused', 42)
        .setOrigin(0.5)
        .setDepth(70),
      addText(
        scene,
        width / 2,
        358,
        'Strike beats throw, throw beats block, block beats strike.\nIt foresees what you do often: surprise it.',
        14,
        INK.soft,
      )
        .setOrigin(0.5, 0)
        .setDepth(70),
    ];
    const options = (): void => {
      scene.scene.launch('options', { back: scene.scene.key });
      scene.scene.pause();
    };
    this.#menu = new Menu(
      scene,
      [
        { label: 'Resume', run: () => this.close() },
        { label: 'Restart', run: actions.restart },
        { label: 'Options', run: options },
        {
          label: 'Training mode',
          run: () => {
            this.close();
            actions.training();
          },
        },
        { label: 'Quit to title', run: actions.quit },
      ],
      {
        x: width / 2,
        y: 174,
        gap: 36,
        size: 22,
        width: 260,
        back: () => this.close(),
        sound: (kind) => duelSound().play(kind),
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
    this.#actions.resume();
  }

  #show(shows: boolean): void {
    this.#menu.enabled = shows;
    for (const object of this.#others) object.setVisible(shows);
  }
}
