import * as Phaser from 'phaser';
import { handleOnce } from '../../common/handle-once.ts';
import { readMenuInput } from '../../common/menu/menu-input.ts';
import type { MenuCommand } from '../../common/menu/menu-input.ts';
import { addText, INK } from '../../common/text.ts';
import type { ReplayFile } from '../replays/replay-file.ts';
import { ReplayPlayer } from '../replays/replay-player.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { DuelView } from '../view/duel-view.ts';
import { WORLD } from '../view/world.ts';
import { palettesFor, RIVAL_NAMES } from './rival.ts';

export interface ReplayData {
  readonly file: ReplayFile;
  /** Scene to return to, and its data. */
  readonly back: { readonly scene: string; readonly data: object };
}

const TICK = 1 / 60;
const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
/** Ticks that left and right skip while it plays. */
const SKIP = 180;
const BAR = { x: 60, y: 418, width: 680, height: 6 } as const;

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
      palettes: palettesFor(file.names[1] === RIVAL_NAMES.shadow ? 'shadow' : 'npc'),
      sound: duelSound(),
      shakes: () => settingsStore().settings.shake,
    });
    addText(this, WORLD.width / 2, 88, 'Replay', 16, INK.gold)
      .setOrigin(0.5)
      .setDepth(60);
    this.#addBar();
    this.#status = addText(this, WORLD.width / 2, 437, '', 12, INK.bright)
      .setOrigin(0.5)
      .setDepth(62);
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
    duelSound().update();
    const { state, length, ended } = this.#player;
    this.#fill.scaleX = Math.min(1, state.tick / length);
    const mode = ended ? 'end' : this.#paused ? 'paused' : `x ${SPEEDS[this.#speed]}`;
    this.#status.setText(
      `${mode}    Enter play / pause    ← → 3 s    ↑ ↓ speed    , . one tick    Esc back`,
    );
  }

  #addBar(): void {
    const { x, y, width, height } = BAR;
    const back = this.add.rectangle(x, y, width, height, 0x120d1c, 0.7).setOrigin(0, 0.5);
    back.setDepth(60).setInteractive({
      hitArea: new Phaser.Geom.Rectangle(0, -10, width, height + 20),
      hitAreaCallback: Phaser.Geom.Rectangle.Contains,
      useHandCursor: true,
    });
    this.#fill = this.add.rectangle(x, y, width, height, 0xf2683c).setOrigin(0, 0.5).setDepth(61);
    back.on('pointerdown', ({ worldX }: Phaser.Input.Pointer) =>
      this.#seek(((worldX - x) / width) * this.#player.length),
    );
    const button = addText(this, 30, y, '❚❚', 18).setOrigin(0.5).setDepth(61);
    button.setInteractive({ useHandCursor: true }).on('pointerdown', () => this.#toggle());
    const leave = addText(this, 770, y, '✕', 20).setOrigin(0.5).setDepth(61);
    leave.setInteractive({ useHandCursor: true }).on('pointerdown', () => this.#leave());
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
