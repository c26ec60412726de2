import type * as Phaser from 'phaser';
import type { Prediction } from '../../../plugin/index.ts';
import { followScreen, UI_DEPTH } from '../../common/screen.ts';
import { addText } from '../../common/text.ts';
import { MOST_SPEED, MOST_TURN, ROBOT_ACTIONS } from '../rules/index.ts';
import type { RobotRun } from '../rules/index.ts';
import { COLOURS, COLUMN, placeRobot } from './layout.ts';

/** Who drives the robot. */
export type DriverName = 'model' | 'teacher' | 'you';

const DRIVER_TEXTS: Readonly<Record<DriverName, readonly [title: string, detail: string]>> = {
  model: ['The model drives', 'by predictions alone'],
  teacher: ['The teacher drives', 'by rules, recorded'],
  you: ['You drive', 'by hand, recorded'],
};

export interface ReadoutState {
  readonly run: RobotRun;
  readonly driver: DriverName;
  readonly prediction: Prediction | null;
  /** Steps recorded in the current episode. */
  readonly recorded: number;
}

/** Units from the top of their column. */
const ROWS = { figures: 50, actions: 22, gauges: 130 } as const;
const BAR = { left: 97, width: 44, height: 9, gap: 20 } as const;
/** Bars of turn and speed, units. */
const GAUGE = { left: 54, width: 52 } as const;

/** Figures of the run and the model's predictions, in two columns. */
export class Readout {
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #title: Phaser.GameObjects.Text;
  readonly #detail: Phaser.GameObjects.Text;
  readonly #figures: readonly Phaser.GameObjects.Text[];
  readonly #shares: readonly Phaser.GameObjects.Text[];
  readonly #turn: Phaser.GameObjects.Text;
  readonly #speed: Phaser.GameObjects.Text;

  constructor(scene: Phaser.Scene) {
    const [figures, guesses] = [0, 1].map(() => scene.add.container(0, 0).setDepth(UI_DEPTH));
    followScreen(scene, (layout) => {
      const [first, second] = placeRobot(layout).columns;
      figures.setPosition(first.x, first.y);
      guesses.setPosition(second.x, second.y);
    });
    this.#graphics = scene.add.graphics();
    guesses.add(this.#graphics);
    const { width } = COLUMN;
    let column = figures;
    const text = (x: number, y: number, value: string, size = 14, color?: string) => {
      const added = addText(scene, x, y, value, size, color);
      column.add(added);
      return added;
    };
    const pale = '#a9b7d0';
    this.#title = text(0, 0, '', 18);
    this.#detail = text(0, 23, '', 14, pale);
    const names = [
      'without a hit',
      'hits',
      'rounds',
      'along the wall',
      'from the wall',
      'recorded',
    ];
    names.forEach((name, row) => text(0, ROWS.figures + row * 20, name, 14, pale));
    this.#figures = names.map((_, row) =>
      text(width, ROWS.figures + row * 20, '', 14).setOrigin(1, 0),
    );
    column = guesses;
    text(0, 0, 'What comes next', 14, '#ffd27a');
    const rows = [...ROBOT_ACTIONS].reverse();
    rows.forEach((name, row) => text(0, ROWS.actions + row * BAR.gap, name));
    this.#shares = rows.map((_, row) =>
      text(width, ROWS.actions + row * BAR.gap, '').setOrigin(1, 0),
    );
    text(0, ROWS.gauges, 'turn');
    text(0, ROWS.gauges + BAR.gap, 'speed');
    this.#turn = text(width, ROWS.gauges, '').setOrigin(1, 0);
    this.#speed = text(width, ROWS.gauges + BAR.gap, '').setOrigin(1, 0);
  }

  update({ run, driver, prediction, recorded }: ReadoutState): void {
    const [title, detail] = DRIVER_TEXTS[driver];
    this.#title.setText(title).setColor(css(COLOURS[driver]));
    this.#detail.setText(detail);
    const { metres, laps } = run.odometer;
    const values = [
      `${run.secondsSinceHit.toFixed(0)} s`,
      String(run.hits),
      Math.max(0, laps).toFixed(1),
      `${metres.toFixed(1)} m`,
      `${run.wallDistance.toFixed(2)} m`,
      `${recorded} steps`,
    ];
    values.forEach((value, i) => this.#figures[i].setText(value));
    this.#figures[1].setColor(run.hits ? css(COLOURS.hit) : '#fff4e0');
    const g = this.#graphics.clear();
    const track = (y: number, { left: from, width }: typeof BAR | typeof GAUGE): void => {
      g.fillStyle(0x24304a, 1);
      g.fillRoundedRect(from, y + 5, width, BAR.height, 3);
    };
    [...ROBOT_ACTIONS].reverse().forEach((name, row) => {
      const share = prediction?.probabilities[ROBOT_ACTIONS.indexOf(name)] ?? 0;
      const y = ROWS.actions + row * BAR.gap;
      track(y, BAR);
      g.fillStyle(name === prediction?.action ? COLOURS.model : 0x7c8aa5, 1);
      g.fillRect(BAR.left, y + 5, BAR.width * share, BAR.height);
      this.#shares[row].setText(prediction ? `${Math.round(share * 100)}%` : '');
    });
    track(ROWS.gauges, GAUGE);
    track(ROWS.gauges + BAR.gap, GAUGE);
    const { turn, speed } = prediction?.values ?? { turn: 0, speed: 0 };
    // Left turns are drawn to the left of the middle.
    const middle = GAUGE.left + GAUGE.width / 2;
    const reach = (-Math.max(-1, Math.min(1, turn / MOST_TURN)) * GAUGE.width) / 2;
    g.fillStyle(COLOURS.model, 1);
    g.fillRect(Math.min(middle, middle + reach), ROWS.gauges + 5, Math.abs(reach), BAR.height);
    const fast = Math.max(0, Math.min(1, speed / MOST_SPEED));
    g.fillRect(GAUGE.left, ROWS.gauges + BAR.gap + 5, GAUGE.width * fast, BAR.height);
    g.fillStyle(0xf4efe6, 1).fillRect(middle - 1, ROWS.gauges + 3, 2, BAR.height + 4);
    const side = turn > 0 ? 'L' : 'R';
    this.#turn.setText(
      prediction ? `${Math.round(Math.abs((turn * 180) / Math.PI))}°/s ${side}` : '',
    );
    this.#speed.setText(prediction ? `${Math.round(speed * 100)} cm/s` : '');
  }
}

const css = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;
