import type { TrainingProgress } from '../../src/core.ts';
import { element, setText } from './elements.ts';
import { TEXTS } from './texts.ts';

/** What goes on, in a line that screen readers speak, and how far a training is. */
export class StatusSection {
  readonly root: HTMLElement;
  readonly #line = element('p', {
    className: 'status',
    text: TEXTS.status.idle,
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  readonly #bar = element('progress', { attributes: { max: '1', 'aria-label': TEXTS.title } });
  readonly #left = element('span', { className: 'muted' });
  readonly #progress: HTMLElement;

  constructor() {
    this.#progress = element('div', { className: 'progress' }, this.#bar, this.#left);
    this.#progress.hidden = true;
    this.root = element('section', {}, this.#line, this.#progress);
  }

  /** @param bad true for errors */
  say(text: string, bad = false): void {
    setText(this.#line, text);
    this.#line.classList.toggle('bad', bad);
  }

  /** Null when no training runs. */
  progress(news: TrainingProgress | null): void {
    this.#progress.hidden = !news;
    if (!news) return;
    const { epoch, epochs, batch, batches, secondsLeft } = news;
    this.#bar.value = (epoch - 1 + batch / batches) / epochs;
    setText(this.#left, TEXTS.progress(epoch, epochs, secondsLeft));
  }
}
