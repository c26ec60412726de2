import type * as Phaser from 'phaser';
import { createDuel, stepDuel } from '../rules/index.ts';
import type { DuelState } from '../rules/index.ts';
import { STYLES } from '../rules/styles/index.ts';
import type { Style } from '../rules/styles/index.ts';
import { DuelView } from '../view/duel-view.ts';

const TICK = 1 / 60;
/** Scripted players that are good to watch. */
const SHOWN = ['reactive', 'zoner', 'jumper', 'hot-head'];

/** Two scripted players that fight behind the title, endlessly and without sound. */
export class TitleDemo {
  readonly #view: DuelView;
  readonly #styles: readonly [Style, Style];
  readonly #state: DuelState = createDuel({ roundsToWin: Infinity, introTicks: 30 });
  #left = 0;

  constructor(scene: Phaser.Scene, seed: number) {
    this.#view = new DuelView(scene, { names: ['', ''], hasHud: false });
    const style = (turn: number): Style => {
      const name = SHOWN[turn % SHOWN.length];
      const entry = STYLES.find((one) => one.name === name) ?? STYLES[0];
      return entry.create(seed + turn);
    };
    const first = seed % SHOWN.length;
    this.#styles = [style(first), style(first + 1)];
  }

  update(seconds: number): void {
    this.#left = Math.min(this.#left + seconds, 4 * TICK);
    while (this.#left >= TICK - 0.0005) {
      this.#left -= TICK;
      const [left, right] = this.#styles;
      const intents = [left(this.#state, 0), right(this.#state, 1)] as const;
      for (const event of stepDuel(this.#state, intents)) this.#view.event(event, this.#state);
    }
    this.#view.update(this.#state, seconds);
  }
}
