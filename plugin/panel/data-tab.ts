import { commandButton } from './command-button.ts';
import { ConfirmBox } from './confirm-box.ts';
import { element, setText } from './elements.ts';
import { formatBytes } from './format.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { SessionList } from './session-list.ts';
import type { PickText } from './texts.ts';

const NO_LIMITS = { episodes: Infinity, bytes: Infinity, days: Infinity };

/** What is recorded: sessions, files in and out, where it is stored, and the button that deletes it all. */
export class DataTab implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #sessions: SessionList;
  readonly #stored = element('p');
  readonly #learned = element('p');
  #changed = true;

  constructor(context: PanelContext) {
    this.#context = context;
    const { texts, commands, run } = context;
    const confirm = new ConfirmBox(texts);
    this.#sessions = new SessionList(context, confirm);
    const file = element('input', {
      attributes: { type: 'file', hidden: '', multiple: '', tabindex: '-1', 'aria-hidden': 'true' },
      on: {
        change: () => {
          const chosen = [...(file.files ?? [])];
          // Emptied, so that the same file can be chosen again.
          file.value = '';
          for (const one of chosen) run(() => commands.import(one));
        },
      },
    });
    const { buttons } = texts;
    const button = (
      name: 'exportEpisodes' | 'exportModel',
      act: () => Promise<PickText | null>,
    ): HTMLButtonElement => commandButton(name, { text: buttons[name], click: () => run(act) });
    const clear = commandButton('clear', {
      text: buttons.clear,
      className: 'danger wide',
      click: () =>
        confirm.ask(texts.confirmClear, { back: clear, yes: () => run(() => commands.clear()) }),
    });
    this.root = element(
      'div',
      { className: 'column' },
      confirm.root,
      this.#sessions.root,
      element(
        'section',
        {},
        element('h3', { text: texts.files }),
        element(
          'div',
          { className: 'buttons three' },
          button('exportEpisodes', () => commands.exportEpisodes()),
          button('exportModel', () => commands.exportModel()),
          commandButton('import', { text: buttons.import, click: () => file.click() }),
        ),
        file,
        element('p', { className: 'muted', text: texts.dropHint }),
      ),
      element(
        'section',
        { className: 'privacy', attributes: { 'data-part': 'privacy' } },
        element('h3', { text: texts.privacyTitle }),
        element('p', { text: texts.privacy }),
        this.#stored,
        ...limitLine(context),
        this.#learned,
        element('p', { text: texts.storedElsewhere }),
        element('div', { className: 'buttons' }, clear),
      ),
    );
  }

  /** The recordings, or what is kept of the models, changed: the next update reads them again. */
  recordingsChanged(): void {
    this.#changed = true;
    this.#sessions.recordingsChanged();
  }

  update(): void {
    this.#sessions.update();
    if (!this.#changed) return;
    this.#changed = false;
    const { foresight, texts } = this.#context;
    const { recordings, models } = foresight;
    const { kept } = models;
    const { learned } = texts;
    if (!kept) setText(this.#learned, learned.inMemory);
    else
      void kept.size().then(
        (bytes) => setText(this.#learned, learned.kept(formatBytes(bytes), kept.name)),
        () => setText(this.#learned, learned.inMemory),
      );
    recordings.store.size().then(
      ({ bytes }) => {
        const { kind, name } = recordings.place;
        setText(this.#stored, texts.stored[kind](formatBytes(bytes), name));
      },
      // The store has reported its error already.
      () => {},
    );
  }
}

/** Beyond what the oldest recordings are deleted; nothing when all are kept. */
function limitLine({ foresight, texts }: PanelContext): HTMLElement[] {
  const { episodes, bytes, days } = foresight.recordings.limits || NO_LIMITS;
  const { limits, locale } = texts;
  const numbers = new Intl.NumberFormat(locale);
  const parts = [
    Number.isFinite(episodes) && limits.episodes(numbers.format(episodes)),
    Number.isFinite(bytes) && formatBytes(bytes),
    Number.isFinite(days) && limits.days(numbers.format(days)),
  ].filter((part) => part !== false);
  if (!parts.length) return [];
  const text = limits.beyond(parts.join(limits.or));
  return [element('p', { text, attributes: { 'data-part': 'limits' } })];
}
