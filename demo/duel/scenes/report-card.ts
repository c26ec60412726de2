import type * as Phaser from 'phaser';
import type { Box } from '../../common/lay-out.ts';
import { addText, INK } from '../../common/text.ts';
import { advice } from '../tally/advice.ts';
import { answerText, habitText } from '../tally/habit-text.ts';
import type { DuelReport } from '../tally/duel-report.ts';
import { drawCard, PADDING } from './card.ts';

/** Fewest predicted actions for a report. */
const LEAST = 12;
const CHART = { width: 168, height: 42, caption: 124 } as const;
/** A card that is lower, as on a phone held sideways, has smaller figures; one that is narrow as well has no chart. */
const LOW = 300;
const NARROW = 400;

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

export interface ReportPage {
  readonly page: 'habits' | 'figures';
  readonly place: Box;
}

/** What the rival learned in a duel, with the figures behind it. Destroyed by the caller or with its scene. */
export class ReportCard {
  readonly #scene: Phaser.Scene;
  readonly #graphics: Phaser.GameObjects.Graphics;
  readonly #place: Box;
  readonly #texts: Phaser.GameObjects.Text[] = [];
  #y: number;

  constructor(scene: Phaser.Scene, report: DuelReport, { page, place }: ReportPage) {
    this.#scene = scene;
    this.#place = place;
    this.#y = place.y + PADDING - 4;
    this.#graphics = drawCard(scene, place);
    if (page === 'figures') {
      this.#line('The figures behind it', 20, INK.gold, 8);
      this.#figures(report);
      this.#surest(report);
      return;
    }
    this.#line('What it learned about you', 20, INK.gold, 8);
    if (report.scored < LEAST) {
      this.#line('Too little happened for a report. Keep fighting.', 15, INK.soft, 6);
    } else this.#foreseen(report);
    this.#habits(report);
  }

  destroy(): void {
    for (const one of [this.#graphics, ...this.#texts]) one.destroy();
  }

  #foreseen({ scored, foreseen, course }: DuelReport): void {
    const { y, width, height } = this.#place;
    const isLow = height < LOW;
    this.#line(percent(foreseen, scored), isLow ? 28 : 40, INK.bright, 0);
    const hasChart = course.length > 4 && !(isLow && width < NARROW);
    // Next to the chart's caption, which is in the middle below it.
    const right = hasChart ? (CHART.width + CHART.caption) / 2 : 0;
    this.#line(`of your ${scored} actions were foreseen.`, 15, INK.bright, 6, { right });
    if (hasChart) this.#chart(course, y + 42);
    this.#y += 4;
  }

  #figures({ scored, commonest, acted, right, predicted, rival }: DuelReport): void {
    if (scored >= LEAST) {
      const usual = `Always guessing your most common action would be right ${percent(commonest, scored)} of the time.`;
      this.#line(usual, 14, INK.bright, 8);
    }
    if (rival === 'npc' && !predicted)
      this.#line('The rival made no use of it: predictions were off.', 14, INK.bright, 8);
    else if (acted > 0)
      this.#line(`The rival acted on ${acted} predictions; ${right} came true.`, 14, INK.bright, 8);
  }

  #habits({ habits, predicted, rival }: DuelReport): void {
    this.#line('Your habits', 16, INK.gold, 4);
    if (habits.length === 0) {
      this.#line('None that stood out: hard to read, well done.', 14, INK.soft, 4);
      return;
    }
    const last = this.#line(advice(habits), 14, INK.gold, 0);
    const top = this.#y - last.height + 4;
    const { x, y: cardTop, height } = this.#place;
    const bottom = cardTop + height - 2;
    this.#y = top;
    for (const habit of habits) {
      const [y, shown] = [this.#y, this.#texts.length];
      this.#line(habitText(habit), 14, INK.bright, 2, { indent: 74 });
      if (predicted && rival === 'npc')
        this.#line(answerText(habit), 14, INK.soft, 5, { indent: 74 });
      if (y > top && this.#y + last.height > bottom) {
        // The strongest habits come first: those that leave no room for the advice are left out.
        for (const text of this.#texts.splice(shown)) text.destroy();
        this.#y = y;
        break;
      }
      const share = habit.count / habit.total;
      const bar = { x: x + PADDING, y: y + 3 };
      this.#graphics.fillStyle(0x4a2236, 1).fillRoundedRect(bar.x, bar.y, 62, 12, 3);
      this.#graphics.fillStyle(0xf2683c, 1).fillRoundedRect(bar.x, bar.y, 62 * share, 12, 3);
    }
    last.setY(this.#y);
  }

  #surest({ surest }: DuelReport): void {
    if (!surest) return;
    const sure = Math.round(surest.probability * 100);
    this.#line(`Its surest read: ${surest.action}, ${sure} %`, 16, INK.gold, 4);
    this.#line(surest.why, 14, INK.bright, 0);
  }

  /** The share of recent actions foreseen, over the duel. */
  #chart(course: readonly number[], top: number): void {
    const left = this.#place.x + this.#place.width - CHART.width - PADDING;
    const g = this.#graphics;
    g.fillStyle(0x2b2350, 0.8).fillRoundedRect(left, top, CHART.width, CHART.height, 5);
    g.lineStyle(1, 0xffffff, 0.15);
    g.lineBetween(left, top + CHART.height / 2, left + CHART.width, top + CHART.height / 2);
    g.lineStyle(2.5, 0xff9a5c, 1).beginPath();
    course.forEach((share, i) => {
      const x = left + 6 + ((CHART.width - 12) * i) / (course.length - 1);
      const y = top + CHART.height - 5 - (CHART.height - 10) * Math.min(1, share);
      if (i === 0) g.moveTo(x, y);
      else g.lineTo(x, y);
    });
    g.strokePath();
    const text = `recently: ${percent(course[course.length - 1], 1)}`;
    const below = addText(this.#scene, left + CHART.width / 2, top + CHART.height + 2, text, 14);
    this.#texts.push(below.setColor(INK.soft).setOrigin(0.5, 0).setDepth(60));
  }

  #line(
    text: string,
    size: number,
    color: string,
    after: number,
    { indent = 0, right = 0 }: { indent?: number; right?: number } = {},
  ): Phaser.GameObjects.Text {
    const { x, width } = this.#place;
    const line = addText(this.#scene, x + PADDING + indent, this.#y, text, size, color)
      .setDepth(60)
      .setAlign('left')
      .setWordWrapWidth(width - 2 * PADDING - indent - right);
    this.#texts.push(line);
    this.#y += line.height + after - 4;
    return line;
  }
}
