import type * as Phaser from 'phaser';
import { addText } from '../../common/text.ts';

/** Seconds that a mark stays. */
const STAYS = 1.1;

/** Shows over the rival's head which action it has read: "Knew it: strike". */
export class ReadMark {
  readonly #text: Phaser.GameObjects.Text;
  #left = 0;

  constructor(scene: Phaser.Scene) {
    this.#text = addText(scene, 0, 0, '', 15, '#ffb0a2')
      .setOrigin(0.5, 1)
      .setDepth(35)
      .setVisible(false);
  }

  show(action: string): void {
    this.#text.setText(`Knew it: ${action}`).setVisible(true);
    this.#left = STAYS;
  }

  /** Follows a head at px; `seconds` since the last call. */
  update(x: number, y: number, seconds: number): void {
    if (this.#left <= 0) return;
    this.#left -= seconds;
    const share = Math.max(0, this.#left / STAYS);
    this.#text
      .setVisible(share > 0)
      .setAlpha(Math.min(1, share * 2.5))
      .setPosition(Math.max(70, Math.min(730, x)), y - (1 - share) * 14);
  }
}
