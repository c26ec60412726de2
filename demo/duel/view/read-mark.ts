import type * as Phaser from 'phaser';
import { pixelsPerUnit } from '../../common/screen.ts';
import { addText } from '../../common/text.ts';

/** Seconds that a mark stays. */
const STAYS = 1.1;

/** Shows over the rival's head which action it has read: "Knew it: strike". */
export class ReadMark {
  readonly #scene: Phaser.Scene;
  readonly #text: Phaser.GameObjects.Text;
  #left = 0;

  constructor(scene: Phaser.Scene) {
    this.#scene = scene;
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
    const { main } = this.#scene.cameras;
    const scale = main.zoom / pixelsPerUnit(this.#scene);
    const half = 70 / scale;
    const { left, right } = main.worldView;
    const within = Math.max(left + half, Math.min(right - half, x));
    this.#text
      .setVisible(share > 0)
      .setAlpha(Math.min(1, share * 2.5))
      // As large as the texts of the interface.
      .setScale(1 / scale)
      .setPosition(within, y - (1 - share) * 14);
  }
}
