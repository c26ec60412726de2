import { RECENT_STEPS } from '../game/live-accuracy.ts';
import { ActionBars } from './action-bars.ts';
import { ChartSection } from './chart-section.ts';
import { commandButton, setButton } from './command-button.ts';
import { element } from './elements.ts';
import { formatPercent } from './format.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { COLOURS } from './styles.ts';
import { TargetRows } from './target-rows.ts';
import { TimeSection } from './time-section.ts';

/** What is predicted now, when it is due, and how often recent predictions were right. */
export class NowTab implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #bars: ActionBars;
  readonly #time: TimeSection;
  readonly #targets: TargetRows;
  readonly #accuracy: ChartSection;
  readonly #predictions: HTMLButtonElement;

  constructor(context: PanelContext) {
    this.#context = context;
    const { texts, names, actions, commands, run } = context;
    this.#bars = new ActionBars({ names, rows: actions, texts });
    this.#time = new TimeSection(context);
    this.#targets = new TargetRows(context);
    const { model, mostFrequent, ngram } = texts.rows;
    this.#accuracy = new ChartSection({
      title: texts.accuracy(RECENT_STEPS),
      empty: texts.noAccuracy,
      range: [0, 1],
      format: formatPercent,
      series: [
        { name: model, colour: COLOURS.model },
        { name: mostFrequent, colour: COLOURS.mostFrequent, dashed: true },
        { name: ngram, colour: COLOURS.ngram, dashed: true },
      ],
    });
    this.#accuracy.root.dataset.part = 'accuracy';
    this.#predictions = commandButton('predictions', {
      text: '',
      click: () => run(() => commands.togglePredictions()),
    });
    this.root = element(
      'div',
      { className: 'column' },
      this.#bars.root,
      this.#time.root,
      this.#targets.root,
      this.#accuracy.root,
      this.#predictions,
    );
  }

  update(): void {
    const { foresight, texts } = this.#context;
    const { usePredictions } = foresight;
    const character = this.#context.character();
    const prediction = character?.prediction ?? null;
    this.#bars.show(prediction, character?.actions ?? [], usePredictions);
    this.#time.update();
    this.#targets.update();
    setButton(this.#predictions, {
      pressed: usePredictions,
      text: `${texts.buttons.predictions}: ${usePredictions ? texts.on : texts.off}`,
    });
    const accuracy = character?.accuracy;
    if (!accuracy) return;
    const { points, recent } = accuracy;
    const column = (i: 0 | 1 | 2 | 3): number[] => points.map((point) => point[i]);
    this.#accuracy.set(() => [column(0), column(1), column(2), column(3)], {
      newest: [recent.model, recent.mostFrequent, recent.ngram],
      at: accuracy.scored,
    });
  }

  resize(width: number): void {
    this.#accuracy.resize(width);
  }

  destroy(): void {
    this.#accuracy.destroy();
  }
}
