import { element, setText } from './elements.ts';
import type { PanelContext, PanelPart } from './part.ts';

/** When the next action is due, a bar that runs out until then, and the error of recent predictions. */
export class TimeSection implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #next = element('span');
  readonly #passed = element('span', { className: 'muted' });
  readonly #bar = element('div', { className: 'bar due' });
  readonly #track: HTMLElement;
  readonly #last = element('p', { className: 'muted' });

  constructor(context: PanelContext) {
    this.#context = context;
    this.#track = element(
      'div',
      { className: 'track', attributes: { 'aria-hidden': 'true' } },
      this.#bar,
    );
    this.root = element(
      'section',
      { attributes: { 'data-part': 'time' } },
      element('h3', { text: context.texts.time.title }),
      element('p', { className: 'spread' }, this.#next, this.#passed),
      this.#track,
      this.#last,
    );
  }

  update(): void {
    const { time } = this.#context.texts;
    const character = this.#context.character();
    const prediction = character?.prediction;
    const inTicks = prediction?.inTicks ?? NaN;
    const known = Number.isFinite(inTicks);
    this.#track.hidden = !known;
    if (character && prediction && known) {
      const passed = Math.max(0, character.tick - prediction.tick);
      const seconds = (inTicks / character.tickRate).toFixed(2);
      setText(this.#next, time.next(seconds, Math.round(inTicks)));
      setText(this.#passed, time.passed(passed));
      const left = inTicks > 0 ? Math.max(0, 1 - passed / inTicks) : 0;
      const scale = `scaleX(${left.toFixed(3)})`;
      if (this.#bar.style.transform !== scale) this.#bar.style.transform = scale;
    } else {
      setText(this.#next, prediction ? time.none : time.waiting);
      setText(this.#passed, '');
    }
    const accuracy = character?.accuracy;
    const last = accuracy?.last;
    const scored = accuracy && last && Number.isFinite(last.predicted);
    setText(
      this.#last,
      scored
        ? `${time.last(last.actual, Math.round(last.predicted))} ${time.error(accuracy.timeError.toFixed(1))}`
        : '',
    );
  }
}
