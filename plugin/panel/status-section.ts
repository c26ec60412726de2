import type { TrainingProgress } from '../../src/train/progress.ts';
import { element, setText } from './elements.ts';
import type { PanelTexts, PickText } from './texts.ts';

export interface StatusLine {
  readonly text: PickText;
  /** True for errors. */
  readonly bad: boolean;
}

/** What happens, in a line that screen readers read out, and how far a training is. */
export class StatusSection {
  readonly root: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #line = element('p', {
    className: 'status',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  readonly #bar: HTMLProgressElement;
  readonly #left = element('span', { className: 'muted' });
  readonly #progress: HTMLElement;

  constructor(texts: PanelTexts) {
    this.#texts = texts;
    this.#bar = element('progress', {
      attributes: { max: '1', 'aria-label': texts.progressLabel },
    });
    this.#progress = element('div', { className: 'progress' }, this.#bar, this.#left);
    this.#progress.hidden = true;
    this.root = element('section', {}, this.#line, this.#progress);
  }

  show({ text, bad }: StatusLine): void {
    setText(this.#line, text(this.#texts));
    this.#line.classList.toggle('bad', bad);
  }

  /** Null when no training runs. */
  progress(progress: TrainingProgress | null): void {
    this.#progress.hidden = !progress;
    if (!progress) return;
    const { epoch, epochs, batch, batches, secondsLeft } = progress;
    this.#bar.value = (epoch - 1 + batch / batches) / epochs;
    setText(this.#left, this.#texts.progress(epoch, epochs, secondsLeft));
  }
}
