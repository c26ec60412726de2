import * as Phaser from 'phaser';
import { addMenu } from '../../common/menu/menu.ts';
import { openFile } from '../../common/save-file.ts';
import { followScreen } from '../../common/screen.ts';
import { addShade } from '../../common/shade.ts';
import { addText, INK } from '../../common/text.ts';
import { parseReplayFile } from '../replays/replay-file.ts';
import type { ReplayFile } from '../replays/replay-file.ts';
import { ReplayShelf } from '../replays/replay-shelf.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { StageView } from '../view/stage-view.ts';
import { WORLD } from '../view/world.ts';

/** "01-31 18:05   You 3 : 1 Rival   2:10" */
function describe({ savedAt, names, wins, ticks }: ReplayFile): string {
  const day = savedAt.slice(5, 16).replace('T', ' ');
  const seconds = Math.round(ticks / 60);
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `${day}   ${names[0]} ${wins[0]} : ${wins[1]} ${names[1]}   ${length}`;
}

/** Lists the stored replays, and opens one from a file. */
export class ReplaysScene extends Phaser.Scene {
  #stage!: StageView;
  #message!: Phaser.GameObjects.Text;

  constructor() {
    super('replays');
  }

  create(): void {
    this.#stage = new StageView(this);
    addShade(this, { alpha: 0.62, depth: 58 });
    const title = addText(this, 0, 0, 'Watch a replay', 38).setOrigin(0.5).setDepth(60);
    const files = new ReplayShelf().list();
    this.#message = addText(this, 0, 0, '', 14, INK.gold).setOrigin(0.5, 1).setDepth(60);
    followScreen(this, ({ ui }) => {
      title.setPosition(ui.width / 2, 46);
      this.#message.setPosition(ui.width / 2, ui.height - 8);
      this.#message.setWordWrapWidth(Math.min(640, ui.width - 24));
    });
    if (files.length === 0)
      this.#message.setText('The last duels are kept here. There is none yet: fight one.');
    const back = (): void => void this.scene.start('title', {});
    const here = { scene: 'replays', data: {} };
    const watch = (file: ReplayFile): void => void this.scene.start('replay', { file, back: here });
    const open = (): void => {
      openFile('.json,application/json')
        .then(async (file) => file && watch(parseReplayFile(await file.text())))
        .catch((thrown: unknown) =>
          this.#message.setText(thrown instanceof Error ? thrown.message : String(thrown)),
        );
    };
    addMenu(
      this,
      [
        ...files.map((file) => ({ label: describe(file), run: () => watch(file) })),
        { label: 'Open a file', run: open },
        { label: 'Back', run: back },
      ],
      {
        box: ({ ui }) => ({ x: 0, y: 80, width: ui.width, height: ui.height - 130 }),
        gap: 34,
        size: 14,
        width: 520,
        back,
        sound: (kind) => duelSound().play(kind),
      },
    );
  }

  override update(time: number, delta: number): void {
    this.#stage.update(WORLD.width / 2 + Math.sin(time / 2600) * 120, delta / 1000);
  }
}
