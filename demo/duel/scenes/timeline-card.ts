import type * as Phaser from 'phaser';
import type { Box } from '../../common/lay-out.ts';
import { unitPoint } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import { wasForeseen } from '../tally/timeline.ts';
import type { RoundTimeline, TimedAction } from '../tally/timeline.ts';
import { drawCard, PADDING } from './card.ts';

const COLOURS = {
  foreseen: 0xff9a5c,
  missed: 0x7b86b8,
  used: 0xffd24a,
  dealt: 0x5ec2ff,
  taken: 0xff4d5e,
};
/** Units: of the heading, of a round, of the legend and of the line about the chosen action. */
const [HEAD, ROUND, LEGEND, DETAIL] = [44, 80, 44, 46];
/** Units for the number of a round. */
const LABEL = 28;

const LEGEND_ITEMS = [
  { colour: COLOURS.foreseen, text: 'it saw it coming' },
  { colour: COLOURS.missed, text: 'it did not' },
  { colour: COLOURS.used, text: 'it acted on it' },
  { colour: COLOURS.dealt, text: 'you hit' },
  { colour: COLOURS.taken, text: 'it hit' },
] as const;

/** An action at its place. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly action: TimedAction;
  readonly round: RoundTimeline;
}

/** A duel as one row of bars a round: what was expected before each action, and where hits landed. */
export class TimelineCard {
  readonly #scene: Phaser.Scene;
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #cursor: Phaser.GameObjects.Rectangle;
  readonly #detail: Phaser.GameObjects.Text;
  readonly #area: Phaser.GameObjects.Rectangle;
  readonly #texts: Phaser.GameObjects.Text[] = [];
  readonly #marks: Mark[] = [];
  readonly #height: number;
  #chosen = 0;

  constructor(scene: Phaser.Scene, rounds: readonly RoundTimeline[], place: Box) {
    this.#scene = scene;
    this.#graphics = drawCard(scene, place);
    const [left, top, width] = [place.x + PADDING, place.y, place.width - 2 * PADDING];
    this.#text(left, top + PADDING - 4, 'Where it saw you coming', 20, INK.gold);
    const room = place.height - HEAD - LEGEND - DETAIL - PADDING;
    const apart = Math.min(ROUND, room / Math.max(1, rounds.length));
    this.#height = apart * 0.6;
    const longest = Math.max(1, ...rounds.map(({ from, to }) => to - from));
    rounds.forEach((round, i) => {
      const y = top + HEAD + (i + 0.75) * apart;
      this.#text(left, y - 18, String(i + 1), 14, INK.soft);
      this.#drawRound(round, { x: left + LABEL, y, perTick: (width - LABEL) / longest });
    });
    const below = top + HEAD + apart * rounds.length;
    this.#drawLegend({ x: left, y: below + 6, width });
    this.#detail = this.#text(left, below + LEGEND + 6, '', 14, INK.bright);
    this.#detail.setWordWrapWidth(width);
    this.#cursor = scene.add.rectangle(0, 0, 2, this.#height + 10, 0xffffff).setDepth(61);
    this.#area = scene.add
      .rectangle(left, top + HEAD, width, Math.max(1, below - top - HEAD), 0, 0)
      .setOrigin(0)
      .setDepth(61)
      .setInteractive();
    const point = (pointer: Phaser.Input.Pointer): void =>
      this.#chooseNear(unitPoint(scene, pointer));
    this.#area.on('pointermove', point).on('pointerdown', point);
    this.choose(0);
  }

  /** Chooses the action so many further, and shows what was expected of it. */
  choose(by: number): void {
    const { length } = this.#marks;
    this.#cursor.setVisible(length > 0);
    if (!length) {
      this.#detail.setText('Nothing happened yet.');
      return;
    }
    this.#chosen = (this.#chosen + by + length) % length;
    const { x, y, action, round } = this.#marks[this.#chosen];
    this.#cursor.setPosition(x, y - this.#height / 2);
    this.#detail.setText(describe(action, round));
  }

  destroy(): void {
    for (const one of [this.#graphics, this.#cursor, this.#area, ...this.#texts]) one.destroy();
  }

  #chooseNear({ x, y }: { readonly x: number; readonly y: number }): void {
    const away = (mark: Mark): number => Math.hypot(mark.x - x, 2 * (mark.y - y));
    const [near] = [...this.#marks.keys()].sort(
      (a, b) => away(this.#marks[a]) - away(this.#marks[b]),
    );
    if (near !== undefined) this.choose(near - this.#chosen);
  }

  #drawRound(round: RoundTimeline, at: { x: number; y: number; perTick: number }): void {
    const g = this.#graphics;
    const { from, to, actions, hits } = round;
    const place = (tick: number): number => at.x + (tick - from) * at.perTick;
    g.fillStyle(0xffffff, 0.25).fillRect(at.x, at.y, (to - from) * at.perTick, 1);
    for (const action of actions) {
      const x = place(action.tick);
      this.#marks.push({ x, y: at.y, action, round });
      if (action.expected === null) continue;
      const tall = Math.max(3, this.#height * action.probability);
      g.fillStyle(wasForeseen(action) ? COLOURS.foreseen : COLOURS.missed, 1);
      g.fillRect(x - 1.5, at.y - tall, 3, tall);
      if (action.used) g.fillStyle(COLOURS.used, 1).fillCircle(x, at.y - tall - 3, 2.5);
    }
    for (const { tick, attacker } of hits) {
      const x = place(tick);
      g.fillStyle(attacker === 0 ? COLOURS.dealt : COLOURS.taken, 1);
      g.fillTriangle(x - 4, at.y + 8, x + 4, at.y + 8, x, at.y + 2);
    }
  }

  #drawLegend({
    x,
    y,
    width,
  }: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }): void {
    let [at, line] = [x, y];
    for (const { colour, text } of LEGEND_ITEMS) {
      const label = this.#text(0, 0, text, 14, INK.soft);
      if (at > x && at + 16 + label.width > x + width) [at, line] = [x, line + 19];
      label.setPosition(at + 14, line);
      this.#graphics.fillStyle(colour, 1).fillRect(at, line + 5, 9, 9);
      at += label.width + 28;
    }
  }

  #text(
    x: number,
    y: number,
    value: string,
    size: number,
    colour: string,
  ): Phaser.GameObjects.Text {
    const text = addText(this.#scene, x, y, value, size, colour).setDepth(60).setAlign('left');
    this.#texts.push(text);
    return text;
  }
}

/** "0:12  strike. It expected strike (63 %) and acted on it." */
function describe(action: TimedAction, { from }: RoundTimeline): string {
  const seconds = Math.floor((action.tick - from) / 60);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  if (action.expected === null) return `${time}  ${action.action}. It expected nothing yet.`;
  const sure = `${Math.round(100 * action.probability)} %`;
  const used = action.used ? ', and acted on it' : '';
  return `${time}  ${action.action}. It expected ${action.expected} (${sure})${used}.`;
}
