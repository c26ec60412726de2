export interface TextQuestion {
  readonly title: string;
  readonly note: string;
  /** Name of the field. */
  readonly label: string;
  readonly placeholder: string;
  readonly most: number;
  /** What the buttons do. */
  readonly yes: string;
  readonly no: string;
}

const STYLE = `
.ask-text { box-sizing: border-box; width: min(440px, calc(100vw - 24px)); padding: 20px; border: 2px solid #f2683c;
  border-radius: 10px; background: #1d1630; color: #fff4e0; font: 16px system-ui, sans-serif; }
.ask-text::backdrop { background: rgb(18 13 28 / 70%); }
.ask-text h2 { margin: 0 0 10px; color: #ffd27a; font-size: 22px; }
.ask-text p { margin: 0 0 14px; color: #d8cfe6; line-height: 1.45; }
.ask-text label { display: block; margin-bottom: 6px; }
.ask-text input { box-sizing: border-box; width: 100%; height: 44px; padding: 0 12px; border: 1px solid #8f7bb0;
  border-radius: 6px; background: #120d1c; color: inherit; font: inherit; }
.ask-text div { display: flex; gap: 12px; margin-top: 16px; }
.ask-text button { flex: 1; min-height: 44px; border: 0; border-radius: 6px; background: #4b3a70; color: inherit;
  font: inherit; font-weight: 600; cursor: pointer; }
.ask-text button[value=yes] { background: #b8431c; }
.ask-text :focus-visible { outline: 3px solid #ffd27a; outline-offset: 2px; }
`;

/** Requests a text in a dialog over the game. Resolves to it, empty when nothing was typed; null when cancelled. */
export function askText(question: TextQuestion): Promise<string | null> {
  const make = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    text = '',
  ): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), { textContent: text });
  const dialog = Object.assign(make('dialog'), { className: 'ask-text' });
  const title = Object.assign(make('h2', question.title), { id: 'ask-text-title' });
  dialog.setAttribute('aria-labelledby', title.id);
  const input = Object.assign(make('input'), {
    type: 'text',
    maxLength: question.most,
    placeholder: question.placeholder,
    id: 'ask-text-input',
    autocomplete: 'off',
  });
  const label = Object.assign(make('label', question.label), { htmlFor: input.id });
  const form = Object.assign(make('form'), { method: 'dialog' });
  const button = (value: string, text: string) => Object.assign(make('button', text), { value });
  const buttons = make('div');
  // The first button of a form is what Enter presses.
  buttons.append(button('yes', question.yes), button('no', question.no));
  form.append(title, make('p', question.note), label, input, buttons);
  dialog.append(make('style', STYLE), form);
  // The game listens on the window.
  for (const type of ['keydown', 'keyup', 'keypress'])
    dialog.addEventListener(type, (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? input.value : null);
    });
  });
}
