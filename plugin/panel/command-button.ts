import { element, setText } from './elements.ts';

export interface CommandButtonOptions {
  readonly text: string;
  /** Its accessible name, where the text alone is not enough. */
  readonly label?: string;
  readonly className?: string;
  readonly click: () => void;
}

export interface ButtonState {
  readonly text?: string;
  readonly disabled?: boolean;
  /** For a button that stays pressed. */
  readonly pressed?: boolean | 'mixed';
}

/** A button, which tests and styles find by the command's name. */
export function commandButton(
  command: string,
  { text, label, className, click }: CommandButtonOptions,
): HTMLButtonElement {
  return element('button', {
    text,
    className,
    attributes: {
      type: 'button',
      'data-command': command,
      ...(label !== undefined && { 'aria-label': label }),
    },
    on: { click },
  });
}

/** Updates a button, setting only what changed. */
export function setButton(
  button: HTMLButtonElement,
  { text, disabled, pressed }: ButtonState,
): void {
  if (text !== undefined) setText(button, text);
  if (disabled !== undefined && button.disabled !== disabled) button.disabled = disabled;
  if (pressed !== undefined) setAttribute(button, { name: 'aria-pressed', value: String(pressed) });
}

/** Sets an attribute only when it changed. */
export function setAttribute(
  target: Element,
  { name, value }: { readonly name: string; readonly value: string },
): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}
