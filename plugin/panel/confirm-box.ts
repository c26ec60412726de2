import { commandButton } from './command-button.ts';
import { element } from './elements.ts';
import type { PanelTexts } from './texts.ts';

/** A question before something is deleted. The safe answer has the focus; Escape gives it too. */
export class ConfirmBox {
  readonly root: HTMLElement;
  readonly #question = element('p');
  readonly #keep: HTMLButtonElement;
  #yes: () => void = () => {};
  /** What gets the focus when it closes. */
  #back: HTMLElement | null = null;

  constructor(texts: PanelTexts) {
    this.#keep = commandButton('keep', {
      text: texts.confirmNo,
      click: () => this.#close(),
    });
    this.root = element(
      'div',
      {
        className: 'confirm',
        attributes: { role: 'alertdialog' },
        on: {
          keydown: (event) => {
            if ((event as KeyboardEvent).key !== 'Escape') return;
            event.stopPropagation();
            this.#close();
          },
        },
      },
      this.#question,
      element(
        'div',
        { className: 'buttons' },
        this.#keep,
        commandButton('clearForSure', {
          text: texts.confirmYes,
          className: 'danger',
          click: () => {
            this.#close();
            this.#yes();
          },
        }),
      ),
    );
    this.root.hidden = true;
  }

  /** @param back what gets the focus after the answer */
  ask(
    question: string,
    { yes, back }: { readonly yes: () => void; readonly back: HTMLElement },
  ): void {
    this.#yes = yes;
    this.#back = back;
    this.#question.textContent = question;
    this.root.setAttribute('aria-label', question);
    this.root.hidden = false;
    this.#keep.focus();
    this.root.scrollIntoView({ block: 'nearest' });
  }

  #close(): void {
    this.root.hidden = true;
    this.#back?.focus();
  }
}
