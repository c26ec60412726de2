import type { EngineReport } from '../../src/worker/protocol.ts';
import { ChartSection } from './chart-section.ts';
import { ConfusionTable } from './confusion-table.ts';
import { element } from './elements.ts';
import { EngineSection } from './engine-section.ts';
import { ExpertList } from './expert-list.ts';
import { HabitList } from './habit-list.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { PlaySection } from './play-section.ts';
import { COLOURS } from './styles.ts';

/** How well the model learns: from play and while it is trained, confusions, habits, weights of the experts, and the engine. */
export class LearningTab implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #play: PlaySection;
  readonly #loss: ChartSection;
  readonly #confusion: ConfusionTable;
  readonly #experts: ExpertList;
  readonly #habits: HabitList;
  readonly #engine: EngineSection;

  constructor(context: PanelContext) {
    this.#context = context;
    const { texts } = context;
    this.#play = new PlaySection(context);
    this.#loss = new ChartSection({
      title: texts.loss,
      empty: texts.noLoss,
      format: (value) => value.toFixed(2),
      series: [
        { name: texts.lossRows.training, colour: COLOURS.training },
        { name: texts.lossRows.heldOut, colour: COLOURS.heldOut, dashed: true },
      ],
    });
    this.#confusion = new ConfusionTable(context);
    this.#experts = new ExpertList(context);
    this.#habits = new HabitList(context);
    this.#engine = new EngineSection(texts);
    this.root = element(
      'div',
      { className: 'column' },
      this.#play.root,
      this.#loss.root,
      this.#confusion.root,
      this.#habits.root,
      this.#experts.root,
      this.#engine.root,
    );
  }

  update(): void {
    this.#play.update();
    const { losses } = this.#context.history;
    this.#loss.set(() => losses.data, { newest: losses.newest, at: losses.count });
    this.#confusion.update();
    this.#habits.update();
    this.#experts.update();
    const { model, foresight } = this.#context;
    const known = foresight.models.has(model) ? foresight.models.get(model) : null;
    this.#engine.showPrediction(known?.predictor?.engine ?? null);
  }

  recordingsChanged(): void {
    this.#habits.recordingsChanged();
  }

  showEngine(report: EngineReport | null, name: string): void {
    this.#engine.show(report, name);
  }

  resize(width: number): void {
    this.#play.resize(width);
    this.#loss.resize(width);
  }

  destroy(): void {
    this.#play.destroy();
    this.#loss.destroy();
  }
}
