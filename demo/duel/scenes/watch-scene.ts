import * as Phaser from 'phaser';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import { PauseMenu } from '../../common/menu/pause-menu.ts';
import { onPress } from '../../common/on-press.ts';
import { parseAddress } from '../../common/address.ts';
import type { Ghost } from '../npc/ghost.ts';
import { shadowStyle } from '../npc/shadow-style.ts';
import type { DuelEvent } from '../rules/index.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { DuelView } from '../view/duel-view.ts';
import { AMBER_PALETTE, SHADOW_PALETTE } from '../view/palette.ts';
import { DuelLoop } from './duel-loop.ts';

export interface WatchData {
  readonly ghosts: readonly [Ghost, Ghost];
}

/** Time from the end of a duel to the next one, ms. */
const AGAIN_MS = 4000;

/** Two ghosts fight, duel after duel. Nothing is recorded, and nothing learns from it. */
export class WatchScene extends Phaser.Scene {
  #data!: WatchData;
  #loop!: DuelLoop;
  #view!: DuelView;
  #banner!: Phaser.GameObjects.Text;
  #pause!: PauseMenu;
  #wantsPause = false;

  constructor() {
    super('watch');
  }

  /** The duel: for tests. */
  get loop(): DuelLoop {
    return this.#loop;
  }

  init(data: WatchData): void {
    this.#data = data;
  }

  create(): void {
    this.#wantsPause = false;
    const { ghosts } = this.#data;
    const { rounds, seconds, seed } = parseAddress(location.search);
    const first = seed ?? Date.now() % 2 ** 31;
    const [left, right] = ghosts.map((ghost, i) => shadowStyle(ghost, first + i));
    this.#view = new DuelView(this, {
      names: [ghosts[0].name, ghosts[1].name],
      palettes: [AMBER_PALETTE, SHADOW_PALETTE],
      sound: duelSound(),
      shakes: () => settingsStore().settings.shake,
    });
    this.#loop = new DuelLoop(
      {
        ...(rounds !== null && { roundsToWin: rounds }),
        ...(seconds !== null && { roundTicks: Math.round(seconds * 60) }),
      },
      {
        read: () => left(this.#loop.state, 0),
        rival: (state) => right(state, 1),
        act: () => {},
        event: (event) => this.#onEvent(event),
      },
    );
    this.#banner = addText(this, 0, 0, '', 40).setOrigin(0.5).setDepth(60);
    const note = addText(this, 0, 0, 'Two ghosts: nothing is recorded.', 14, INK.soft);
    note.setOrigin(0.5).setDepth(60);
    followScreen(this, ({ ui, stage, deck }) => {
      this.#banner.setPosition(ui.width / 2, stage.height / 3);
      this.#banner.setFontSize(Math.min(40, ui.width / 14));
      note.setPosition(ui.width / 2, deck ? deck.y + 24 : ui.height - 14);
    });
    this.#pause = new PauseMenu(this, {
      entries: [
        { label: 'Other ghosts', run: () => void this.scene.start('ghosts', {}) },
        { label: 'Again', run: () => void this.scene.restart(this.#data) },
      ],
      sound: (kind) => duelSound().play(kind),
    });
    const pause = (): void => void (this.#wantsPause = !this.#pause.isOpen);
    onPress(this, 'ESC', pause);
    addPauseButton(this, pause, ({ ui }) => ({ x: ui.width / 2, y: 84 }));
  }

  override update(_time: number, delta: number): void {
    if (this.#wantsPause) this.#pause.open();
    this.#wantsPause = false;
    const isPaused = this.#pause.isOpen;
    if (!isPaused) this.#loop.advance(delta);
    this.#view.update(this.#loop.state, isPaused ? 0 : delta / 1000);
  }

  #onEvent(event: DuelEvent): void {
    this.#view.event(event, this.#loop.state);
    if (event.kind === 'round-start') this.#banner.setText('');
    if (event.kind === 'round-end') this.#banner.setText(event.winner === null ? 'Draw' : 'K.O.');
    if (event.kind !== 'duel-end') return;
    this.#banner.setText(`${this.#data.ghosts[event.winner].name} wins`);
    this.time.delayedCall(AGAIN_MS, () => this.scene.restart(this.#data));
  }
}
