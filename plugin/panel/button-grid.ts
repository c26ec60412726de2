import type { ForesightPlugin } from '../foresight-plugin.ts';
import type { PanelCommands } from './commands.ts';
import { element, setText } from './elements.ts';
import { TEXTS } from './texts.ts';

/** Runs a command and shows how it went. */
export type RunCommand = (command: () => Promise<string | null>) => void;

type ButtonName = keyof typeof TEXTS.buttons;

const { buttons: NAMES } = TEXTS;

/** The panel's buttons, a hidden file input, and the question before everything is deleted. */
export class ButtonGrid {
  /** Train, pause and cancel. */
  readonly main: HTMLElement;
  /** All others. */
  readonly root: HTMLElement;
  readonly #commands: PanelCommands;
  readonly #foresight: ForesightPlugin;
  readonly #buttons = new Map<ButtonName, HTMLButtonElement>();
  readonly #confirm: HTMLElement;
  readonly #keep: HTMLButtonElement;

  constructor(foresight: ForesightPlugin, commands: PanelCommands, run: RunCommand) {
    this.#foresight = foresight;
    this.#commands = commands;
    const file = element('input', {
      attributes: { type: 'file', hidden: '', tabindex: '-1', 'aria-hidden': 'true' },
      on: {
        change: () => {
          const chosen = file.files?.[0];
          // Emptied, so that the same file can be chosen again.
          file.value = '';
          if (chosen) run(() => commands.import(chosen));
        },
      },
    });
    const button = (name: ButtonName, act: () => void, className = ''): HTMLButtonElement => {
      const made = element('button', {
        text: NAMES[name],
        className,
        attributes: { type: 'button', 'data-command': name },
        on: { click: act },
      });
      this.#buttons.set(name, made);
      return made;
    };
    this.#keep = element('button', {
      text: TEXTS.confirmNo,
      attributes: { type: 'button', 'data-command': 'keep' },
      on: { click: () => this.#ask(false) },
    });
    this.#confirm = element(
      'div',
      {
        className: 'confirm',
        attributes: { role: 'alertdialog', 'aria-label': TEXTS.confirmClear, hidden: '' },
      },
      element('p', { text: TEXTS.confirmClear }),
      element(
        'div',
        { className: 'buttons' },
        this.#keep,
        element('button', {
          text: TEXTS.confirmYes,
          className: 'danger',
          attributes: { type: 'button', 'data-command': 'clearForSure' },
          on: {
            click: () => {
              this.#ask(false);
              run(() => commands.clear());
            },
          },
        }),
      ),
    );
    this.main = element(
      'div',
      { className: 'buttons three' },
      button('train', () => run(() => commands.train()), 'main'),
      button('pause', () => run(() => commands.pauseOrResume())),
      button('cancel', () => run(() => commands.cancel())),
    );
    this.root = element(
      'section',
      {},
      element(
        'div',
        { className: 'buttons' },
        button('predictions', () => run(() => commands.togglePredictions())),
        button('doNotLearn', () => run(() => commands.toggleLearn())),
        button('undo', () => run(() => commands.undo())),
        button('import', () => file.click()),
        button('exportEpisodes', () => run(() => commands.exportEpisodes())),
        button('exportModel', () => run(() => commands.exportModel())),
        button('clear', () => this.#ask(true), 'danger wide'),
      ),
      this.#confirm,
      file,
    );
    this.update();
  }

  /** Brings names, pressed and disabled states up to date. */
  update(): void {
    const { training, paused, learning } = this.#commands;
    const { usePredictions, learnFromPlay } = this.#foresight;
    this.#set('pause', {
      disabled: !training && !learning,
      text: paused ? NAMES.resume : NAMES.pause,
    });
    this.#set('cancel', { disabled: !training });
    this.#set('predictions', {
      pressed: usePredictions,
      text: `${NAMES.predictions}: ${usePredictions ? TEXTS.on : TEXTS.off}`,
    });
    this.#set('doNotLearn', { pressed: !learnFromPlay });
  }

  #set(
    name: ButtonName,
    { disabled = false, pressed, text }: { disabled?: boolean; pressed?: boolean; text?: string },
  ): void {
    const button = this.#buttons.get(name)!;
    if (button.disabled !== disabled) button.disabled = disabled;
    if (pressed !== undefined) button.setAttribute('aria-pressed', String(pressed));
    if (text !== undefined) setText(button, text);
  }

  #ask(asks: boolean): void {
    this.#confirm.hidden = !asks;
    (asks ? this.#keep : this.#buttons.get('clear')!).focus();
    if (asks) this.#confirm.scrollIntoView({ block: 'nearest' });
  }
}
