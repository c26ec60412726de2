import type { Prediction } from '../../src/predict/prediction.ts';
import { confidenceColour } from '../overlay/prediction-overlay.ts';
import { element, setText } from './elements.ts';
import { formatPercent } from './format.ts';
import type { PanelTexts } from './texts.ts';

export interface ActionBarsOptions {
  /** What to call each action; its name when absent. */
  readonly names: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly texts: PanelTexts;
}

/** The most probable next actions as bars. */
export class ActionBars {
  readonly root: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #names: Readonly<Record<string, string>>;
  readonly #note = element('p', { className: 'muted' });
  readonly #grid = element('div', { className: 'bars' });
  readonly #rows: readonly { name: HTMLElement; bar: HTMLElement; percent: HTMLElement }[];

  constructor({ names, rows, texts }: ActionBarsOptions) {
    this.#texts = texts;
    this.#names = names;
    this.#rows = Array.from({ length: rows }, () => {
      const name = element('span', { className: 'name' });
      const bar = element('div', { className: 'bar' });
      const percent = element('span', { className: 'number' });
      const track = element(
        'div',
        { className: 'track', attributes: { 'aria-hidden': 'true' } },
        bar,
      );
      this.#grid.append(name, track, percent);
      return { name, bar, percent };
    });
    this.root = element(
      'section',
      { attributes: { 'data-part': 'bars' } },
      element('h3', { text: texts.nextAction }),
      this.#note,
      this.#grid,
    );
  }

  #shown: Prediction | null = null;

  /** @param actions names in the order of the prediction's probabilities */
  show(prediction: Prediction | null, actions: readonly string[], predictionsOn: boolean): void {
    this.#grid.hidden = !prediction;
    this.#note.hidden = prediction !== null && predictionsOn;
    const isNew = prediction !== this.#shown;
    this.#shown = prediction;
    setText(this.#note, prediction ? this.#texts.predictionsOff : this.#texts.noPrediction);
    if (!prediction || !isNew) return;
    const { probabilities } = prediction;
    const best = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    this.#rows.forEach(({ name, bar, percent }, i) => {
      const action = best[i];
      const used = action !== undefined;
      for (const part of [name, bar.parentElement!, percent]) part.hidden = !used;
      if (!used) return;
      const probability = probabilities[action];
      setText(name, this.#names[actions[action]] ?? actions[action]);
      setText(percent, formatPercent(probability));
      bar.style.transform = `scaleX(${probability.toFixed(3)})`;
      bar.style.background = `#${confidenceColour(probability).toString(16).padStart(6, '0')}`;
    });
  }
}
