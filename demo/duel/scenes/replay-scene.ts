import * as Phaser from 'phaser';
import { handleOnce } from '../../common/handle-once.ts';
import { readMenuInput } from '../../common/menu/menu-input.ts';
import type { MenuCommand } from '../../common/menu/menu-input.ts';
import { heldDevice } from '../../common/held-device.ts';
import type { Layout } from '../../common/lay-out.ts';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen, unitPoint } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import type { ReplayFile } from '../replays/replay-file.ts';
import { ReplayPlayer } from '../replays/replay-player.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { DuelView } from '../view/duel-view.ts';
import { palettesFor } from './rival.ts';

export interface ReplayData {
  readonly file: ReplayFile;
  /** Scene to return to, and its data. */
  readonly back: { readonly scene: string; readonly data: object };
}

const TICK = 1 / 60;
const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
/** Ticks that left and right skip while it plays. */
const SKIP = 180;
const BAR = { inset: 60, height: 8 } as const;
/** Area of a button for a finger, units. */
const BUTTON = 48;

const HINTS = {
  keys: 'Enter play / pause    Arrows 3 s, speed    , . one tick    Esc back',
  pad: 'A play / pause    Stick 3 s, speed    B back',
  touch: 'Touch the bar to seek.',
} as const;

/** Plays a replay, with pause, speed, single ticks, and a bar to seek. */
export class ReplayScene extends Phaser.Scene {
  #player!: ReplayPlayer;
  #view!: DuelView;
  #data!: ReplayData;
  #fill!: Phaser.GameObjects.Rectangle;
  #status!: Phaser.GameObjects.Text;
  #speed = 2;
  #paused = false;
  #left = 0;

  constructor() {
    super('replay');
  }

  init(data: ReplayData): void {
    this.#data = data;
  }

  /** The player of the replay: for tests. */
  get player(): ReplayPlayer {
    return this.#player;
  }

  create(): void {
    const { file } = this.#data;
    this.#paused = false;
    this.#speed = SPEEDS.indexOf(1);
    this.#left = 0;
    this.#player = new ReplayPlayer(file.replay);
    this.#view = new DuelView(this, {
      names: file.names,
      palettes: palettesFor(file.names[1]),
      sound: duelSound(),
      shakes: () => settingsStore().settings.shake,
    });
    const title = addText(this, 0, 0, 'Replay', 16, INK.gold).setOrigin(0.5).setDepth(60);
    this.#status = addText(this, 0, 0, '', 14, INK.bright).setOrigin(0.5).setDepth(62);
    followScreen(this, ({ ui, deck }) => {
      title.setPosition(ui.width / 2, 88);
      this.#status.setPosition(ui.width / 2, deck ? deck.y + 84 : ui.height - 13);
      this.#status.setWordWrapWidth(ui.width - 20);
    });
    this.#addBar();
    readMenuInput(this, (command) => this.#obey(command));
    const onKey = handleOnce(({ code }) => {
      if (code === 'Comma') this.#step(-1);
      if (code === 'Period') this.#step(1);
    });
    this.input.keyboard?.on('keydown', onKey);
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
      this.input.keyboard?.off('keydown', onKey),
    );
  }

  override update(_time: number, delta: number): void {
    const seconds = this.#paused ? 0 : (delta / 1000) * SPEEDS[this.#speed];
    this.#left = Math.min(this.#left + seconds, 24 * TICK);
    while (this.#left >= TICK - 0.0005) {
      this.#left -= TICK;
      for (const event of this.#player.step()) this.#view.event(event, this.#player.state);
    }
    this.#view.update(this.#player.state, seconds);
    const { state, length, ended } = this.#player;
    this.#fill.scaleX = Math.min(1, state.tick / length);
    const mode = ended ? 'end' : this.#paused ? 'paused' : `x ${SPEEDS[this.#speed]}`;
    this.#status.setText(`${mode}    ${HINTS[heldDevice()]}`);
  }

  #addBar(): void {
    const { inset, height } = BAR;
    const bar = (colour: number, depth: number): Phaser.GameObjects.Rectangle =>
      this.add.rectangle(0, 0, 1, height, colour).setOrigin(0, 0.5).setDepth(depth);
    const back = bar(0x120d1c, 60).setAlpha(0.7);
    this.#fill = bar(0xf2683c, 61);
    const seekArea = this.add.rectangle(0, 0, 1, BUTTON, 0, 0).setOrigin(0, 0.5).setDepth(61);
    seekArea.setInteractive({ useHandCursor: true });
    seekArea.on('pointerdown', (pointer: Phaser.Input.Pointer) => {
      const share = (unitPoint(this, pointer).x - inset) / seekArea.width;
      this.#seek(Math.max(0, Math.min(1, share)) * this.#player.length);
    });
    const barY = ({ ui, deck }: Layout): number => (deck ? deck.y + 40 : ui.height - 40);
    addPauseButton(
      this,
      () => this.#toggle(),
      (layout) => ({ x: inset / 2, y: barY(layout) }),
    );
    const leave = addText(this, 0, 0, '×', 24).setOrigin(0.5).setDepth(61);
    const leaveArea = this.add.rectangle(0, 0, BUTTON, BUTTON, 0, 0).setDepth(61);
    leaveArea.setInteractive({ useHandCursor: true }).on('pointerdown', () => this.#leave());
    followScreen(this, (layout) => {
      const [y, width] = [barY(layout), layout.ui.width - 2 * inset];
      for (const one of [back, this.#fill, seekArea]) one.setPosition(inset, y);
      for (const one of [back, this.#fill]) one.setSize(width, height);
      seekArea.setSize(width, BUTTON);
      seekArea.input?.hitArea.setSize(width, BUTTON);
      for (const one of [leave, leaveArea]) one.setPosition(layout.ui.width - inset / 2, y);
    });
  }

  #obey(command: MenuCommand): void {
    switch (command) {
      case 'confirm':
        return this.#toggle();
      case 'left':
      case 'right': {
        const direction = command === 'left' ? -1 : 1;
        if (this.#paused) this.#step(direction);
        else this.#seek(this.#player.state.tick + direction * SKIP);
        return;
      }
      case 'up':
        this.#speed = Math.min(SPEEDS.length - 1, this.#speed + 1);
        return;
      case 'down':
        this.#speed = Math.max(0, this.#speed - 1);
        return;
      case 'back':
        return this.#leave();
      default:
        command satisfies never;
    }
  }

  #toggle(): void {
    if (this.#player.ended) {
      this.#seek(0);
      this.#paused = false;
    } else this.#paused = !this.#paused;
  }

  #step(direction: number): void {
    this.#paused = true;
    this.#seek(this.#player.state.tick + direction);
  }

  #seek(tick: number): void {
    this.#player.seek(tick);
    this.#view.hud?.refill();
    // While paused, poses settle at once.
    this.#view.update(this.#player.state, 0.2);
  }

  #leave(): void {
    const { scene, data } = this.#data.back;
    this.scene.start(scene, data);
  }
}
