import { confusion } from './confusion.ts';
import { element } from './elements.ts';
import type { PanelContext, PanelPart } from './part.ts';

/** Actions with a row of their own; the others are counted together. */
const LIMIT = 7;

/** Which actions are confused with which others: actual ones in rows, predicted ones in columns. */
export class ConfusionTable implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #none: HTMLElement;
  readonly #caption = element('caption');
  readonly #body = element('tbody');
  readonly #head = element('tr');
  readonly #table: HTMLElement;
  #shown = '';

  constructor(context: PanelContext) {
    this.#context = context;
    const { confusion: texts } = context.texts;
    this.#none = element('p', { className: 'muted', text: texts.none });
    this.#table = element('table', {}, this.#caption, element('thead', {}, this.#head), this.#body);
    this.#table.hidden = true;
    this.root = element(
      'section',
      { attributes: { 'data-part': 'confusion' } },
      element('h3', { text: texts.title }),
      this.#none,
      this.#table,
    );
  }

  update(): void {
    const character = this.#context.character();
    const accuracy = character?.accuracy;
    const shown = `${character?.id} ${accuracy?.scored ?? 0}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const pairs = accuracy?.pairs ?? [];
    this.#none.hidden = pairs.length > 0;
    this.#table.hidden = !pairs.length;
    if (character && pairs.length)
      this.#draw(confusion(pairs, { limit: LIMIT }), character.actions);
  }

  #draw({ labels, counts, total }: ReturnType<typeof confusion>, actions: readonly string[]): void {
    const { texts, names } = this.#context;
    const nameOf = (action: number): string =>
      action < 0 ? texts.confusion.others : (names[actions[action]] ?? actions[action]);
    this.#caption.textContent = texts.confusion.caption(total);
    const header = (scope: string, action: number): HTMLElement =>
      element(
        'th',
        { attributes: { scope } },
        element('span', { text: nameOf(action), attributes: { title: nameOf(action) } }),
      );
    this.#head.replaceChildren(
      element('td', { className: 'muted', text: texts.confusion.done }),
      ...labels.map((action) => header('col', action)),
    );
    this.#body.replaceChildren(
      ...labels.map((action, row) => {
        const sum = counts[row].reduce((a, b) => a + b, 0);
        const cells = counts[row].map((count, column) => {
          const share = sum ? count / sum : 0;
          const colour = column === row ? '21 128 61' : '185 28 28';
          return element('td', {
            text: count ? String(count) : '',
            styles: { background: `rgb(${colour} / ${(share * 0.9).toFixed(2)})` },
          });
        });
        return element('tr', {}, header('row', action), ...cells);
      }),
    );
  }
}
