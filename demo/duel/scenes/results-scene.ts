import * as Phaser from 'phaser';
import type { SceneForesight } from '../../../plugin/index.ts';
import { saveFile } from '../../common/save-file.ts';
import { followDevice, heldDevice } from '../../common/held-device.ts';
import { addMenu } from '../../common/menu/menu.ts';
import { readMenuInput } from '../../common/menu/menu-input.ts';
import { isLow } from '../../common/lay-out.ts';
import type { Box, Layout } from '../../common/lay-out.ts';
import { followScreen, layoutOf } from '../../common/screen.ts';
import { addShade } from '../../common/shade.ts';
import { addText, INK } from '../../common/text.ts';
import { makeReplayFile } from '../replays/replay-file.ts';
import type { ReplayFile } from '../replays/replay-file.ts';
import { ReplayShelf } from '../replays/replay-shelf.ts';
import type { Replay } from '../rules/index.ts';
import { duelSound } from '../sound/duel-sound.ts';
import type { DuelReport } from '../tally/duel-report.ts';
import { StageView } from '../view/stage-view.ts';
import { WORLD } from '../view/world.ts';
import { ReportCard } from './report-card.ts';
import { learningHint } from './hints.ts';
import { LearningCommands } from './learning-commands.ts';
import { rivalName } from './rival.ts';
import { TimelineCard } from './timeline-card.ts';
import type { FightData } from './rival.ts';

export interface ResultsData {
  readonly report: DuelReport;
  readonly replay: Replay;
  /** The data of the fight, for a rematch. */
  readonly fight: FightData;
}

/** What the card shows. */
const PAGES = ['habits', 'timeline', 'figures'] as const;
type Page = (typeof PAGES)[number];

const nextPage = (page: Page): Page => PAGES[(PAGES.indexOf(page) + 1) % PAGES.length];

/** Units of the menu to the right of the card, or below it in an upright window. */
const MENU = { width: 264, height: 292 } as const;
/** Units of the heading, and below menu and card. */
const [TOP, BOTTOM] = [76, 34];

function menuBox(layout: Layout): Box {
  const { ui, deck } = layout;
  const { width, height } = MENU;
  if (deck) return { x: 0, y: ui.height - height - BOTTOM, width: ui.width, height };
  return {
    x: ui.width - width - 12,
    y: TOP,
    width,
    height: Math.min(MENU.height, ui.height - TOP - (isLow(layout) ? 26 : 80)),
  };
}

function cardBox({ ui, deck }: Layout): Box {
  const below = deck ? MENU.height + BOTTOM + 8 : BOTTOM;
  const [x, right] = deck ? [10, 10] : [Math.max(12, ui.width / 20), MENU.width + 24];
  return { x, y: TOP, width: ui.width - x - right, height: ui.height - TOP - below };
}

/** The results of a duel: who won, what was learned about the player, and a menu. */
export class ResultsScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #stage!: StageView;
  #message!: Phaser.GameObjects.Text;
  #file!: ReplayFile;

  constructor() {
    super('results');
  }

  create({ report, replay, fight }: ResultsData): void {
    this.#stage = new StageView(this);
    addShade(this, { alpha: 0.62, depth: 58 });
    const rival = rivalName(fight);
    const title = report.winner === 0 ? 'You win' : `${rival} wins`;
    const heading = addText(this, 0, 0, `${title}  ${report.wins[0]} : ${report.wins[1]}`, 36)
      .setOrigin(0.5)
      .setDepth(60);
    this.#message = addText(this, 0, 0, '', 14, INK.gold).setOrigin(0.5, 1).setDepth(60);
    const keys = addText(this, 0, 0, '', 14, INK.soft).setOrigin(0, 1).setDepth(60);
    const { shared } = this.foresight;
    const showKeys = (): void =>
      void keys.setText(heldDevice() === 'keys' ? learningHint(shared.learnFromPlay) : '');
    followDevice(this, showKeys);
    let page: Page = 'habits';
    let card: ReportCard | TimelineCard | null = null;
    const showPage = (): void => {
      card?.destroy();
      const place = cardBox(layoutOf(this));
      card =
        page === 'timeline'
          ? new TimelineCard(this, report.rounds, place)
          : new ReportCard(this, report, { page, place });
    };
    followScreen(this, (layout) => {
      const { ui } = layout;
      const menu = menuBox(layout);
      heading.setPosition(ui.width / 2, 40).setFontSize(Math.min(36, ui.width / 13));
      this.#message.setPosition(menu.x + menu.width / 2, ui.height - 8);
      this.#message.setWordWrapWidth(menu.width - 12);
      keys.setPosition(cardBox(layout).x, ui.height - 8);
      showPage();
    });
    this.#file = makeReplayFile(replay, {
      savedAt: new Date().toISOString(),
      names: ['You', rival],
    });
    const isKept = new ReplayShelf().keep(this.#file);
    if (!isKept) this.#message.setText('The browser keeps no more replays: save it as a file.');
    const learning = new LearningCommands(this, {
      foresight: shared,
      say: (text) => {
        this.#message.setText(text);
        showKeys();
      },
    });
    // Along the timeline.
    readMenuInput(this, (command) => {
      if (!(card instanceof TimelineCard)) return;
      if (command === 'left' || command === 'right') card.choose(command === 'left' ? -1 : 1);
    });
    const toTitle = (): void => void this.scene.start('title', {});
    addMenu(
      this,
      [
        { label: 'Rematch', run: () => this.scene.start('fight', fight) },
        { label: 'Watch replay', run: () => this.#watch({ report, replay, fight }) },
        { label: 'Save replay', run: () => this.#save() },
        {
          label: 'Show',
          value: () => nextPage(page),
          run: () => {
            page = nextPage(page);
            showPage();
          },
        },
        { label: 'Undo this fight', run: () => learning.undo() },
        { label: 'Title', run: toTitle },
      ],
      {
        box: menuBox,
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
