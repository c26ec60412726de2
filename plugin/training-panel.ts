import type { EngineReport } from '../src/core.ts';
import type { ForesightEvents, TrainedResult } from './events.ts';
import type { ForesightPlugin } from './foresight-plugin.ts';
import { RECENT_STEPS } from './live-accuracy.ts';
import { ActionBars } from './panel/action-bars.ts';
import { ButtonGrid } from './panel/button-grid.ts';
import { ChartSection } from './panel/chart-section.ts';
import { PanelCommands } from './panel/commands.ts';
import { element, setText } from './panel/elements.ts';
import { LossHistory } from './panel/loss-history.ts';
import { StatusSection } from './panel/status-section.ts';
import { COLOURS, STYLES } from './panel/styles.ts';
import { TEXTS } from './panel/texts.ts';
import type { TrackedCharacter } from './tracked-character.ts';

export interface TrainingPanelOptions {
  /** Key of the model it is about. */
  readonly model: string;
  /** Whose predictions it shows; may change from scene to scene. */
  readonly character?: () => TrackedCharacter | null;
  /** Where the panel goes. The page's body when absent. */
  readonly parent?: HTMLElement;
  /** What to call each action; its name when absent. */
  readonly names?: Readonly<Record<string, string>>;
  /** Rows of next-action bars. */
  readonly actions?: number;
  /** Milliseconds between two refreshes while open. */
  readonly refreshMs?: number;
}

type Defaults = Required<Pick<TrainingPanelOptions, 'names' | 'actions' | 'refreshMs'>>;

export const TRAINING_PANEL_DEFAULTS: Defaults = { names: {}, actions: 5, refreshMs: 250 };

/** Keys that work the panel's own controls: a game must not hear them while the focus is in the panel. */
const OWN_KEYS = new Set(['Enter', ' ', 'Tab', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

type Listeners = { [K in keyof ForesightEvents]?: (payload: ForesightEvents[K]) => void };

/** What lives while the panel is open. */
interface Open {
  readonly root: HTMLElement;
  readonly status: StatusSection;
  readonly bars: ActionBars;
  readonly accuracy: ChartSection;
  readonly loss: ChartSection;
  readonly recorded: HTMLElement;
  readonly engine: HTMLElement;
  readonly buttons: ButtonGrid;
  readonly timer: ReturnType<typeof setInterval>;
}

/**
 * Training mode, over the game: live loss and accuracy, the next actions, what is recorded, and the
 * buttons that train, pause, undo, export and clear. It follows the game's end by itself; dispose it
 * earlier with `destroy`.
 */
export class TrainingPanel {
  readonly #foresight: ForesightPlugin;
  readonly #options: TrainingPanelOptions & Defaults;
  readonly #commands: PanelCommands;
  readonly #losses = new LossHistory();
  readonly #listeners: Listeners;
  #open: Open | null = null;
  #collapsed = false;
  #engine: EngineReport | null = null;
  #recorded = '';
  #counted = -Infinity;
  #engineName = '';
  #destroyed = false;

  constructor(foresight: ForesightPlugin, options: TrainingPanelOptions) {
    this.#foresight = foresight;
    this.#options = { ...TRAINING_PANEL_DEFAULTS, ...options };
    this.#commands = new PanelCommands(foresight, options.model);
    this.#listeners = this.#makeListeners();
    for (const [event, listener] of Object.entries(this.#listeners))
      foresight.events.on(event as keyof ForesightEvents, listener as () => void);
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The panel's element while it is open. */
  get root(): HTMLElement | null {
    return this.#open?.root ?? null;
  }

  open(): void {
    if (this.#open || this.#destroyed) return;
    this.#open = this.#build();
    (this.#options.parent ?? document.body).append(this.#open.root);
    this.#collapse(this.#collapsed);
    this.#countRecorded();
    this.#refresh();
  }

  close(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    clearInterval(open.timer);
    open.accuracy.destroy();
    open.loss.destroy();
    open.root.remove();
  }

  /** Opens it when closed, closes it when open. */
  toggle(): void {
    if (this.#open) this.close();
    else this.open();
  }

  /** Closes it for good and stops listening. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.close();
    for (const [event, listener] of Object.entries(this.#listeners))
      this.#foresight.events.off(event as keyof ForesightEvents, listener as () => void);
  }

  #build(): Open {
    const { model: about, mostFrequent, ngram } = TEXTS.rows;
    const status = new StatusSection();
    const bars = new ActionBars({ names: this.#options.names, rows: this.#options.actions });
    const accuracy = new ChartSection({
      title: TEXTS.accuracy(RECENT_STEPS),
      empty: TEXTS.noAccuracy,
      range: [0, 1],
      format: (share) => `${Math.round(share * 100)}%`,
      series: [
        { name: about, colour: COLOURS.model },
        { name: mostFrequent, colour: COLOURS.mostFrequent, dashed: true },
        { name: ngram, colour: COLOURS.ngram, dashed: true },
      ],
    });
    const loss = new ChartSection({
      title: TEXTS.loss,
      empty: TEXTS.noLoss,
      format: (value) => value.toFixed(2),
      series: [
        { name: TEXTS.lossRows.training, colour: COLOURS.training },
        { name: TEXTS.lossRows.heldOut, colour: COLOURS.heldOut, dashed: true },
      ],
    });
    const recorded = element('dd');
    const engine = element('dd');
    const buttons = new ButtonGrid(this.#foresight, this.#commands, (command) =>
      this.#run(command),
    );
    const body = element(
      'div',
      { className: 'body' },
      buttons.main,
      bars.root,
      accuracy.root,
      loss.root,
      element(
        'dl',
        {},
        element('dt', { text: TEXTS.recordings }),
        recorded,
        element('dt', { text: TEXTS.engine }),
        engine,
      ),
      buttons.root,
      element('p', { className: 'privacy muted', text: TEXTS.privacy }),
    );
    const root = element(
      'section',
      {
        className: 'foresight-panel',
        attributes: { 'aria-label': TEXTS.title },
        on: { keydown: keepOwnKeys, keyup: keepOwnKeys, click: giveFocusBack },
      },
      element('style', { text: STYLES }),
      this.#buildHeader(),
      status.root,
      body,
    );
    const timer = setInterval(() => this.#refresh(), this.#options.refreshMs);
    return { root, status, bars, accuracy, loss, recorded, engine, buttons, timer };
  }

  #buildHeader(): HTMLElement {
    const button = (name: string, text: string, label: string, click: () => void) =>
      element('button', {
        text,
        attributes: { type: 'button', 'aria-label': label, 'data-command': name },
        on: { click },
      });
    return element(
      'header',
      {},
      element('h2', { text: TEXTS.title }),
      button('collapse', '▾', TEXTS.collapse, () => this.#collapse(!this.#collapsed)),
      button('close', '✕', TEXTS.close, () => this.close()),
    );
  }

  #collapse(collapsed: boolean): void {
    this.#collapsed = collapsed;
    const root = this.#open!.root;
    root.querySelector<HTMLElement>('.body')!.hidden = collapsed;
    const button = root.querySelector('[data-command=collapse]')!;
    setText(button, collapsed ? '▸' : '▾');
    button.setAttribute('aria-label', collapsed ? TEXTS.expand : TEXTS.collapse);
    button.setAttribute('aria-expanded', String(!collapsed));
  }

  /** Shows what changes with play. Training news come as events. */
  #refresh(): void {
    const open = this.#open;
    if (!open) return;
    open.buttons.update();
    if (this.#collapsed) return;
    const character = this.#options.character?.() ?? null;
    const { usePredictions } = this.#foresight;
    open.bars.show(character?.prediction ?? null, character?.actions ?? [], usePredictions);
    const accuracy = character?.accuracy;
    if (accuracy) {
      const { points, recent } = accuracy;
      const column = (i: 0 | 1 | 2 | 3): number[] => points.map((point) => point[i]);
      open.accuracy.set(
        [column(0), column(1), column(2), column(3)],
        [recent.model, recent.mostFrequent, recent.ngram],
      );
    }
    const { training, heldOut } = this.#losses.newest;
    open.loss.set(this.#losses.data, [training, heldOut]);
    setText(open.recorded, this.#recorded);
    const name = this.#engineName || TEXTS.engineUnknown;
    setText(open.engine, this.#engine ? describeEngine(this.#engine) : name);
    this.#countRecorded();
  }

  /** Asks the store at most once in a second. */
  #countRecorded(): void {
    const { model } = this.#options;
    const now = performance.now();
    if (now - this.#counted < 1000 || !this.#foresight.hasModel(model)) return;
    this.#counted = now;
    const { spec } = this.#foresight.model(model);
    this.#foresight.recordings.count(spec).then(
      ({ episodes, steps }) => (this.#recorded = TEXTS.recorded(episodes, steps)),
      // The store told of its error already.
      () => {},
    );
  }

  #run(command: () => Promise<string | null>): void {
    command()
      .then(
        (text) => text !== null && this.#open?.status.say(text),
        (error: unknown) =>
          this.#open?.status.say(error instanceof Error ? error.message : String(error), true),
      )
      .finally(() => this.#refresh());
    this.#refresh();
  }

  #makeListeners(): Listeners {
    const { model } = this.#options;
    const mine = (key: string | undefined): boolean => key === model;
    return {
      progress: ({ key, progress, burst }) => {
        if (!mine(key)) return;
        this.#losses.add(progress);
        this.#engineName = progress.engine;
        this.#open?.status.progress(burst ? null : progress);
      },
      activity: ({ key, state }) => {
        if (!mine(key)) return;
        if (state === 'idle') this.#open?.status.progress(null);
        else this.#open?.status.say(this.#activityText());
        this.#open?.buttons.update();
      },
      trained: (result) => {
        if (!mine(result.key)) return;
        this.#engine = result.engine;
        if (!result.burst || !result.cancelled) this.#open?.status.say(outcomeText(result));
      },
      error: ({ error, key }) => {
        if (key === undefined || mine(key)) this.#open?.status.say(error.message, true);
      },
      'storage-error': ({ error }) => this.#open?.status.say(error.message, true),
      warning: ({ message }) => this.#open?.status.say(message, true),
      recordings: () => {
        this.#counted = -Infinity;
      },
      destroyed: () => this.destroy(),
    };
  }

  #activityText(): string {
    return this.#commands.learning ? TEXTS.status.learning : TEXTS.status.training;
  }
}

function describeEngine({ engine, reason }: EngineReport): string {
  return `${engine}: ${reason}`;
}

function outcomeText({ cancelled, swapped, before, after }: TrainedResult): string {
  const { status } = TEXTS;
  if (cancelled) return status.cancelled;
  if (!Number.isFinite(before) || !Number.isFinite(after)) return status.swapped;
  return swapped ? status.improved(before, after) : status.kept(before, after);
}

function keepOwnKeys(event: Event): void {
  if (event instanceof KeyboardEvent && OWN_KEYS.has(event.key)) event.stopPropagation();
}

/** After a click with the mouse the keys belong to the game again; after one with the keyboard they stay here. */
function giveFocusBack(event: Event): void {
  if (!(event instanceof MouseEvent) || event.detail === 0) return;
  const { activeElement } = document;
  if (activeElement instanceof HTMLButtonElement && activeElement.dataset.command !== 'keep')
    activeElement.blur();
}
