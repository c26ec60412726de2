import { commandButton } from './command-button.ts';
import type { PanelCommands } from './commands.ts';
import { element, setText } from './elements.ts';
import type { PanelTexts } from './texts.ts';

/** How far an import is, and the button that cancels it. Visible while a file is imported. */
export class ImportSection {
  readonly root: HTMLElement;
  readonly #texts: PanelTexts;
  readonly #bar: HTMLProgressElement;
  readonly #name = element('span', { className: 'muted' });

  constructor(texts: PanelTexts, commands: Pick<PanelCommands, 'cancelImports'>) {
    this.#texts = texts;
    this.#bar = element('progress', {
      attributes: { max: '1', 'aria-label': texts.importLabel },
    });
    this.root = element(
      'section',
      { attributes: { 'data-part': 'import' } },
      element('div', { className: 'progress' }, this.#bar, this.#name),
      element(
        'div',
        { className: 'buttons' },
        commandButton('cancelImport', {
          text: texts.cancelImport,
          click: () => commands.cancelImports(),
        }),
      ),
    );
    this.root.hidden = true;
  }

  update({ importing }: Pick<PanelCommands, 'importing'>): void {
    this.root.hidden = !importing;
    if (!importing) return;
    this.#bar.value = importing.done;
    setText(this.#name, this.#texts.importing(importing.name));
  }
}
