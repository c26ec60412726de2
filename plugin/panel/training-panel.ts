import { ForesightError, messageOf } from '../../src/util/error.ts';
import type { EngineReport } from '../../src/worker/protocol.ts';
import { namesIn } from '../overlay/action-names.ts';
import type { ForesightEvents, TrainedResult } from '../game/events.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import { PanelCommands } from './commands.ts';
import { formatDate } from './format.ts';
import { makeRoom } from './make-room.ts';
import type { PanelHistory, PanelListeners } from './panel-history.ts';
import type { ResolvedPanelOptions } from './panel-options.ts';
import { PanelWindow } from './panel-window.ts';
import { readPreferences, writePreferences } from './preferences.ts';
import type { PanelPreferences } from './preferences.ts';
import type { StatusLine } from './status-section.ts';
import { TEXTS, browserLanguage } from './texts.ts';
import type { Language, PickText } from './texts.ts';

const IDLE: StatusLine = { text: ({ status }) => status.idle, bad: false };

/**
 * Training mode, over the game: record, train, pause and undo; what comes next and when; how well the
 * model learns; what is recorded and where. It is destroyed with the game; to end it earlier, call
 * `destroy`.
 */
export class TrainingPanel {
  readonly #foresight: ForesightPlugin;
  readonly #options: ResolvedPanelOptions;
  readonly #history: PanelHistory;
  readonly #commands: PanelCommands;
  readonly #listeners: PanelListeners;
  #preferences: PanelPreferences = readPreferences();
  #language: Language;
  #window: PanelWindow | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #collapsed = false;
  #restoreWidth: (() => void) | null = null;
  #status = IDLE;
  #engine: EngineReport | null = null;
  #engineName = '';
  /** Of the learning that the status is about; null while it is about something else. */
  #rollbacks: number | null = null;
  #destroyed = false;

  /** @param history what happened to the model so far; it records the losses on */
  constructor(foresight: ForesightPlugin, options: ResolvedPanelOptions, history: PanelHistory) {
    this.#foresight = foresight;
    this.#options = options;
    this.#history = history;
    this.#language = options.language ?? this.#preferences.language ?? browserLanguage();
    this.#commands = new PanelCommands(foresight, options.model);
    this.#listeners = this.#makeListeners();
    for (const [event, listener] of Object.entries(this.#listeners))
      foresight.events.on(event as keyof ForesightEvents, listener as () => void);
    history.replay(this.#listeners);
    const { models } = foresight;
    if (models.has(options.model))
      void models.get(options.model).restored.then((date) => date && this.#showRestored(date));
    options.onLanguage?.(this.#language);
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** The panel's element while it is open. */
  get root(): HTMLElement | null {
    return this.#window?.root ?? null;
  }

  get language(): Language {
    return this.#language;
  }
  set language(language: Language) {
    if (language === this.#language) return;
    this.#language = language;
    const old = this.#window;
    if (!old) return;
    this.close();
    this.open();
    this.#window!.tabs.select(old.tabs.selected);
  }

  open(): void {
    if (this.#window || this.#destroyed) return;
    this.#window = this.#build();
    (this.#options.parent ?? document.body).append(this.#window.root);
    this.#window.attached();
    this.#window.collapse(this.#collapsed);
    this.#window.status.show(this.#status);
    this.#window.showEngine(this.#engine, this.#engineName);
    this.#window.update();
    this.#timer = setInterval(() => this.#window?.update(), this.#options.refreshMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#window?.destroy();
    this.#window = null;
    this.#updateRoom();
  }

  /** Opens it when closed, closes it when open. */
  toggle(): void {
    if (this.#window) this.close();
    else this.open();
  }

  /** Closes it for good. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.close();
    for (const [event, listener] of Object.entries(this.#listeners))
      this.#foresight.events.off(event as keyof ForesightEvents, listener as () => void);
  }

  #build(): PanelWindow {
    const { model, names, actions, character } = this.#options;
    const context = {
      foresight: this.#foresight,
      model,
      texts: TEXTS[this.#language],
      names: namesIn(names, this.#language),
      actions,
      commands: this.#commands,
      history: this.#history,
      run: (command: () => Promise<PickText | null>) => this.#run(command),
      character,
    };
    const other: Language = this.#language === 'en' ? 'zh' : 'en';
    return new PanelWindow(context, {
      preferences: this.#preferences,
      otherLanguage: other,
      onLanguage: () => this.#choose(other),
      onCollapse: (collapsed) => {
        this.#collapsed = collapsed;
        this.#updateRoom();
      },
      onClose: () => this.close(),
      onSize: (size) => this.#remember(size),
    });
  }

  /** The game is narrower while the panel is open, unless the panel is collapsed. */
  #updateRoom(): void {
    const { narrow } = this.#options;
    this.#restoreWidth?.();
    this.#restoreWidth =
      narrow && this.#window && !this.#collapsed ? makeRoom(narrow, this.#window.root) : null;
  }

  /** Shows that the model continues from an earlier visit, unless the status was set meanwhile. */
  #showRestored(savedAt: Date): void {
    if (this.#destroyed || this.#status !== IDLE) return;
    this.#show(({ locale, status }) => status.restored(formatDate(locale).format(savedAt)));
  }

  #choose(language: Language): void {
    this.language = language;
    this.#remember({ language });
    this.#window?.root.querySelector<HTMLElement>('[data-command=language]')?.focus();
    this.#options.onLanguage?.(language);
  }

  #remember(change: PanelPreferences): void {
    this.#preferences = { ...this.#preferences, ...change };
    writePreferences(this.#preferences);
  }

  #run(command: () => Promise<PickText | null>): void {
    command()
      .then(
        (text) => text && this.#show(text),
        (error: unknown) => this.#fail(error),
      )
      .finally(() => this.#window?.update());
    this.#window?.update();
  }

  #show(text: PickText, bad = false): void {
    this.#status = { text, bad };
    this.#window?.status.show(this.#status);
  }

  #fail(error: unknown): void {
    const code = error instanceof ForesightError ? error.code : null;
    const message = messageOf(error);
    this.#show((texts) => texts.error(code, message), true);
  }

  #makeListeners(): PanelListeners {
    const { model } = this.#options;
    const mine = (key: string | undefined): boolean => key === model;
    return {
      progress: ({ key, progress }) => {
        if (!mine(key)) return;
        this.#window?.status.progress(progress);
        if (progress.engine === this.#engineName) return;
        this.#engineName = progress.engine;
        this.#window?.showEngine(this.#engine, this.#engineName);
      },
      learned: (figures) => {
        if (!mine(figures.key)) return;
        if (this.#engine?.reason !== figures.engine.reason) {
          this.#engine = figures.engine;
          this.#window?.showEngine(this.#engine, this.#engineName);
        }
        // Once, not at each update: screen readers read it out.
        const { rollbacks } = figures;
        if (this.#rollbacks === rollbacks) return;
        this.#rollbacks = rollbacks;
        this.#show(({ status }) => (rollbacks ? status.rolledBack : status.learning));
      },
      activity: ({ key, state }) => {
        if (!mine(key)) return;
        if (state === 'idle') this.#window?.status.progress(null);
        else this.#show(({ status }) => status.training);
        this.#window?.update();
      },
      trained: (result) => {
        if (!mine(result.key)) return;
        this.#engine = result.engine;
        this.#window?.showEngine(this.#engine, this.#engineName);
        this.#show(outcome(result));
        this.#rollbacks = null;
      },
      error: ({ error, key }) => {
        if (key === undefined || mine(key)) this.#fail(error);
      },
      'storage-error': ({ error }) => this.#fail(error),
      warning: ({ message }) => this.#show((texts) => texts.error(null, message), true),
      recordings: () => this.#window?.recordingsChanged(),
      destroyed: () => this.destroy(),
    };
  }
}

function outcome({ cancelled, swapped, before, after }: TrainedResult): PickText {
  if (cancelled) return ({ status }) => status.cancelled;
  if (!Number.isFinite(before) || !Number.isFinite(after)) return ({ status }) => status.swapped;
  return ({ status }) => (swapped ? status.improved(before, after) : status.kept(before, after));
}
