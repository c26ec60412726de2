import { element } from './elements.ts';

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly content: readonly HTMLElement[];
}

let made = 0;

/**
 * Tabs after the pattern of WAI-ARIA: one of them is in the order of the Tab key; arrow keys, Home and
 * End move to the others and show them at once.
 */
export class Tabs<Name extends string> {
  readonly list: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly #tabs: readonly Tab<Name>[];
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #onSelect: (name: Name) => void;
  #selected = 0;

  /** @param onSelect called when another one was chosen */
  constructor(
    tabs: readonly Tab<Name>[],
    options: { readonly label: string; readonly onSelect: (name: Name) => void },
  ) {
    const id = `foresight-tabs-${++made}`;
    this.#tabs = tabs;
    this.#onSelect = options.onSelect;
    this.#buttons = tabs.map(({ name, title }, i) =>
      element('button', {
        text: title,
        attributes: {
          type: 'button',
          role: 'tab',
          id: `${id}-tab-${i}`,
          'aria-controls': `${id}-panel-${i}`,
          'data-command': `tab-${name}`,
        },
        on: { click: () => this.select(name) },
      }),
    );
    this.panels = tabs.map(({ content }, i) =>
      element(
        'div',
        {
          className: 'tabpanel',
          // In the order of the Tab key, so that the keyboard can scroll it.
          attributes: {
            role: 'tabpanel',
            id: `${id}-panel-${i}`,
            tabindex: '0',
            'aria-labelledby': `${id}-tab-${i}`,
          },
        },
        ...content,
      ),
    );
    this.list = element(
      'div',
      {
        className: 'tabs',
        attributes: { role: 'tablist', 'aria-label': options.label },
        on: { keydown: (event) => this.#onKey(event as KeyboardEvent) },
      },
      ...this.#buttons,
    );
    this.#show();
  }

  get selected(): Name {
    return this.#tabs[this.#selected].name;
  }

  select(name: Name): void {
    const index = this.#tabs.findIndex((tab) => tab.name === name);
    if (index < 0 || index === this.#selected) return;
    this.#selected = index;
    this.#show();
    this.#onSelect(name);
  }

  #show(): void {
    this.#buttons.forEach((button, i) => {
      const shown = i === this.#selected;
      button.setAttribute('aria-selected', String(shown));
      button.tabIndex = shown ? 0 : -1;
      this.panels[i].hidden = !shown;
    });
  }

  #onKey({ key }: KeyboardEvent): void {
    const { length } = this.#tabs;
    const next: Readonly<Record<string, number>> = {
      ArrowRight: (this.#selected + 1) % length,
      ArrowLeft: (this.#selected + length - 1) % length,
      Home: 0,
      End: length - 1,
    };
    if (!Object.hasOwn(next, key)) return;
    this.select(this.#tabs[next[key]].name);
    this.#buttons[this.#selected].focus();
  }
}
