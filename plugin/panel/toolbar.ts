import { commandButton, setButton } from './command-button.ts';
import { element, setText } from './elements.ts';
import type { PanelContext, PanelPart } from './part.ts';
import type { PickText } from './texts.ts';

/** Milliseconds between two counts of the recordings. */
const COUNT_EVERY = 1000;

/** The buttons that are always visible: record, undo, do not learn; train, pause, cancel. */
export class Toolbar implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #buttons: Readonly<
    Record<'record' | 'doNotLearn' | 'pause' | 'cancel', HTMLButtonElement>
  >;
  readonly #recorded = element('span');
  readonly #state = element('span', { className: 'state' });
  #counted = -Infinity;

  constructor(context: PanelContext) {
    this.#context = context;
    const { commands, run, texts } = context;
    const button = (
      name: keyof typeof texts.buttons,
      act: () => Promise<PickText | null>,
      className = '',
    ): HTMLButtonElement =>
      commandButton(name, { text: texts.buttons[name], className, click: () => run(act) });
    this.#buttons = {
      record: button('record', () => commands.toggleRecord(), 'record'),
      doNotLearn: button('doNotLearn', () => commands.toggleLearn()),
      pause: button('pause', () => commands.pauseOrResume()),
      cancel: button('cancel', () => commands.cancel()),
    };
    const { record, doNotLearn, pause, cancel } = this.#buttons;
    this.root = element(
      'div',
      { className: 'toolbar' },
      element(
        'div',
        { className: 'buttons three' },
        record,
        button('undo', () => commands.undo()),
        doNotLearn,
      ),
      element(
        'div',
        { className: 'buttons three' },
        button('train', () => commands.train(), 'main'),
        pause,
        cancel,
      ),
      element('p', { className: 'recorded muted' }, this.#state, this.#recorded),
    );
    this.update();
  }

  /** The recordings changed: the next update counts them. */
  recordingsChanged(): void {
    this.#counted = -Infinity;
  }

  update(): void {
    const { commands, foresight, texts } = this.#context;
    const { training, paused, learning } = commands;
    const { record, doNotLearn, pause, cancel } = this.#buttons;
    setButton(record, { pressed: foresight.recordPlay });
    setButton(doNotLearn, { pressed: !foresight.learnFromPlay });
    setButton(pause, {
      disabled: !training && !learning,
      text: paused ? texts.buttons.resume : texts.buttons.pause,
    });
    setButton(cancel, { disabled: !training });
    setText(this.#state, foresight.recordPlay ? texts.recording : texts.notRecording);
    this.#count();
  }

  #count(): void {
    const { foresight, model, texts } = this.#context;
    const now = performance.now();
    if (now - this.#counted < COUNT_EVERY || !foresight.models.has(model)) return;
    this.#counted = now;
    foresight.recordings.count(foresight.models.get(model).spec).then(
      ({ episodes, steps }) => setText(this.#recorded, texts.recorded(episodes, steps)),
      // The store has reported its error already.
      () => {},
    );
  }
}
