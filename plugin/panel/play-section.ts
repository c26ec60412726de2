import type { LearningFigures } from '../../src/worker/protocol.ts';
import { ChartSection } from './chart-section.ts';
import { element, setText } from './elements.ts';
import { formatPercent } from './format.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { COLOURS } from './styles.ts';

/** How learning from play goes: updates made, and how well it predicts with and without them. */
export class PlaySection implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #line = element('p', { className: 'muted' });
  readonly #chart: ChartSection;

  constructor(context: PanelContext) {
    this.#context = context;
    const { play } = context.texts;
    this.#chart = new ChartSection({
      title: play.title,
      empty: play.none,
      format: (value) => value.toFixed(2),
      series: [
        { name: play.rows.learned, colour: COLOURS.model },
        { name: play.rows.frozen, colour: COLOURS.mostFrequent, dashed: true },
      ],
    });
    this.root = element(
      'div',
      { attributes: { 'data-part': 'play' } },
      this.#chart.root,
      this.#line,
    );
  }

  update(): void {
    const { history, foresight, model } = this.#context;
    const { recent } = history;
    this.#chart.set(() => recent.data, { newest: recent.newest, at: recent.count });
    const learner = foresight.models.has(model) ? foresight.models.get(model).learner : null;
    this.#line.hidden = !learner?.figures;
    if (learner?.figures) setText(this.#line, this.#describe(learner.updates, learner.figures));
  }

  resize(width: number): void {
    this.#chart.resize(width);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #describe(updates: number, { learned, frozen }: LearningFigures): string {
    const { play } = this.#context.texts;
    const shares = [learned, frozen].map(({ accuracy }) => formatPercent(accuracy));
    return `${play.updates(updates)} ${play.guessed(shares[0], shares[1])}`;
  }
}
