import type { RecordedSession } from '../recordings/sessions.ts';
import { commandButton, setButton } from './command-button.ts';
import type { ConfirmBox } from './confirm-box.ts';
import { element, setText } from './elements.ts';
import { formatBytes, formatDate } from './format.ts';
import type { PanelContext, PanelPart } from './part.ts';

interface Row {
  readonly root: HTMLElement;
  readonly size: HTMLElement;
  readonly learn: HTMLButtonElement;
  /** Whether a press of `learn` includes the session in learning, or excludes it. */
  includes: boolean;
}

/** Every recorded session with its size; each can be kept out of learning or deleted. */
export class SessionList implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #confirm: ConfirmBox;
  readonly #rows = new Map<string, Row>();
  readonly #list = element('ul', { className: 'sessions' });
  readonly #none: HTMLElement;
  readonly #title: HTMLElement;
  readonly #date: Intl.DateTimeFormat;
  #isListing = false;
  #changed = true;

  constructor(context: PanelContext, confirm: ConfirmBox) {
    this.#context = context;
    this.#confirm = confirm;
    const { sessions, locale } = context.texts;
    this.#date = formatDate(locale);
    this.#none = element('p', { className: 'muted', text: sessions.none });
    this.#title = element('h3', { text: sessions.title, attributes: { tabindex: '-1' } });
    this.root = element(
      'section',
      { attributes: { 'data-part': 'sessions' } },
      this.#title,
      this.#none,
      this.#list,
    );
  }

  /** The recordings changed: the next update lists them again. */
  recordingsChanged(): void {
    this.#changed = true;
  }

  update(): void {
    const { foresight, model } = this.#context;
    if (this.#isListing || !this.#changed || !foresight.models.has(model)) return;
    this.#isListing = true;
    this.#changed = false;
    foresight.recordings
      .sessions(foresight.models.get(model).spec)
      .then(
        (sessions) => this.#show(sessions),
        // The store has reported its error already.
        () => {},
      )
      .finally(() => (this.#isListing = false));
  }

  #show(sessions: readonly RecordedSession[]): void {
    this.#none.hidden = sessions.length > 0;
    this.#list.hidden = !sessions.length;
    const left = new Set(sessions.map(({ session }) => session));
    for (const [session, { root }] of this.#rows)
      if (!left.has(session)) {
        root.remove();
        this.#rows.delete(session);
      }
    sessions.forEach((one, i) => {
      const row = this.#rows.get(one.session) ?? this.#add(one);
      const { texts, foresight } = this.#context;
      const size = `${texts.recorded(one.episodes, one.steps)}, ${formatBytes(one.bytes)}`;
      const isCurrent = one.session === foresight.session;
      setText(row.size, isCurrent ? `${size} (${texts.sessions.current})` : size);
      row.includes = one.learn !== 'all';
      const pressed = one.learn === 'some' ? 'mixed' : one.learn === 'all';
      setButton(row.learn, { pressed });
      if (this.#list.children[i] !== row.root)
        this.#list.insertBefore(row.root, this.#list.children[i]);
    });
  }

  #add({ session, startedAt }: RecordedSession): Row {
    const { texts, commands, run } = this.#context;
    const { sessions, buttons } = texts;
    const date = Number.isFinite(startedAt) ? this.#date.format(startedAt) : sessions.unknownDate;
    const size = element('span', { className: 'muted' });
    const learn = commandButton('learnSession', {
      text: sessions.learn,
      label: sessions.learnFrom(date),
      click: () => run(() => commands.setSessionLearn(session, row.includes)),
    });
    const remove = commandButton('deleteSession', {
      text: buttons.deleteSession,
      label: sessions.deleteOf(date),
      className: 'danger',
      click: () =>
        this.#confirm.ask(sessions.confirmDelete(date), {
          back: this.#title,
          yes: () => run(() => commands.removeSession(session)),
        }),
    });
    const root = element(
      'li',
      {},
      element('div', { className: 'what' }, element('span', { text: date }), size),
      learn,
      remove,
    );
    const row: Row = { root, size, learn, includes: false };
    this.#rows.set(session, row);
    return row;
  }
}
