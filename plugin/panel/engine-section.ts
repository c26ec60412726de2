import type { PredictionEngine } from '../../src/predict/create-streaming.ts';
import type { EngineReport } from '../../src/worker/protocol.ts';
import { element, setText } from './elements.ts';
import type { PanelTexts } from './texts.ts';

/** Which engine trains, why, and how fast the engines were; and which one predicts. */
export class EngineSection {
  readonly root: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #list = element('dl');
  readonly #prediction = element('dd');
  /** The row of the engine that predicts. */
  readonly #predictionRow: HTMLElement;

  constructor(texts: PanelTexts) {
    this.#texts = texts;
    this.#predictionRow = element(
      'dl',
      {},
      element('dt', { text: texts.engine.prediction }),
      this.#prediction,
    );
    this.root = element(
      'section',
      { attributes: { 'data-part': 'engine' } },
      element('h3', { text: texts.engine.title }),
      this.#list,
      this.#predictionRow,
    );
    this.show(null, '');
    this.showPrediction(null);
  }

  /** @param engine null while there are no weights to predict with */
  showPrediction(engine: PredictionEngine | null): void {
    this.#predictionRow.hidden = !engine;
    setText(this.#prediction, engine ? this.#texts.engine.predictsWith[engine] : '');
  }

  /** @param name what is known before there is a report; may be empty */
  show(report: EngineReport | null, name: string): void {
    const { engine: texts } = this.#texts;
    const rows: (readonly [string, string])[] = [
      [texts.title, report ? `${report.engine}: ${report.reason}` : name || texts.unknown],
    ];
    if (report?.adapter)
      rows.push([
        texts.adapter,
        report.software ? `${report.adapter} (${texts.software})` : report.adapter,
      ]);
    if (report?.timings.length) {
      const timing = report.timings.map(({ engine, msPerBatch }) =>
        Number.isFinite(msPerBatch)
          ? `${engine} ${msPerBatch.toPrecision(2)} ms`
          : `${engine} ${texts.failed}`,
      );
      rows.push([texts.timings, timing.join(', ')]);
    }
    this.#list.replaceChildren(
      ...rows.flatMap(([term, text]) => [element('dt', { text: term }), element('dd', { text })]),
    );
  }
}
