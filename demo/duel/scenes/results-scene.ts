import * as Phaser from 'phaser';
import { saveFile } from '../../common/save-file.ts';
import { addMenu } from '../../common/menu/menu.ts';
import { addText, INK } from '../../common/text.ts';
import { makeReplayFile } from '../replays/replay-file.ts';
import type { ReplayFile } from '../replays/replay-file.ts';
import { ReplayShelf } from '../replays/replay-shelf.ts';
import type { Replay } from '../rules/index.ts';
import { duelSound } from '../sound/duel-sound.ts';
import type { DuelReport } from '../tally/duel-report.ts';
import { StageView } from '../view/stage-view.ts';
import { WORLD } from '../view/world.ts';
import { addReportCard } from './report-card.ts';
import { RIVAL_NAMES } from './rival.ts';
import type { FightData } from './rival.ts';

export interface ResultsData {
  readonly report: DuelReport;
  readonly replay: Replay;
  /** The data of the fight, for a rematch. */
  readonly fight: FightData;
}

/** The results of a duel: who won, what was learned about the player, and a menu. */
export class ResultsScene extends Phaser.Scene {
  #stage!: StageView;
  #message!: Phaser.GameObjects.Text;
  #file!: ReplayFile;

  constructor() {
    super('results');
  }

  create({ report, replay, fight }: ResultsData): void {
    const { width, height } = WORLD;
    this.#stage = new StageView(this);
    this.add.rectangle(0, 0, width, height, 0x120d1c, 0.62).setOrigin(0).setDepth(58);
    const rival = RIVAL_NAMES[report.rival];
    const title = report.winner === 0 ? 'You win' : `${rival} wins`;
    addText(this, width / 2, 40, `${title}  ${report.wins[0]} : ${report.wins[1]}`, 36)
      .setOrigin(0.5)
      .setDepth(60);
    addReportCard(this, report, { x: 40, y: 76, width: 480, height: 340 });
    this.#message = addText(this, 660, 388, '', 13, INK.gold)
      .setOrigin(0.5, 0)
      .setDepth(60)
      .setWordWrapWidth(250);
    this.#file = makeReplayFile(replay, {
      savedAt: new Date().toISOString(),
      names: ['You', rival],
    });
    const isKept = new ReplayShelf().keep(this.#file);
    if (!isKept) this.#message.setText('The browser keeps no more replays: save it as a file.');
    const toTitle = (): void => void this.scene.start('title', {});
    addMenu(
      this,
      [
        { label: 'Rematch', run: () => this.scene.start('fight', fight) },
        { label: 'Watch replay', run: () => this.#watch({ report, replay, fight }) },
        { label: 'Save replay', run: () => this.#save() },
        { label: 'Title', run: toTitle },
      ],
      {
        x: 660,
        y: 128,
        gap: 42,
        size: 20,
        width: 230,
        back: toTitle,
        sound: (kind) => duelSound().play(kind),
      },
    );
  }

  override update(time: number, delta: number): void {
    this.#stage.update(WORLD.width / 2 + Math.sin(time / 2600) * 120, delta / 1000);
    duelSound().update();
  }

  #watch(data: ResultsData): void {
    this.scene.start('replay', { file: this.#file, back: { scene: 'results', data } });
  }

  #save(): void {
    const day = this.#file.savedAt.slice(0, 19).replace(/[:T]/g, '-');
    saveFile(`duel-${day}.json`, JSON.stringify(this.#file));
    this.#message.setText('Saved as a file. It is among the last replays too.');
  }
}
