import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import { loadPart } from '../../src/util/load-part.ts';
import { PanelHistory } from './panel-history.ts';
import { PANEL_DEFAULTS } from './panel-options.ts';
import type { PanelOptions, ResolvedPanelOptions } from './panel-options.ts';
import type { Language } from './texts.ts';
import type { TrainingPanel } from './training-panel.ts';

export interface PanelHandleOptions extends PanelOptions {
  readonly model: string;
  readonly character: NonNullable<PanelOptions['character']>;
  /** Called when it is destroyed. */
  readonly released?: () => void;
  /** Loads the code of the panel. */
  readonly load?: () => Promise<{ readonly TrainingPanel: typeof TrainingPanel }>;
}

/**
 * A training panel whose code is loaded when it is first opened. Everything can be called at once; what
 * cannot be loaded is reported and tried again at the next `open`. Made by `this.foresight.panel`.
 */
export class PanelHandle {
  readonly #foresight: ForesightPlugin;
  readonly #options: PanelHandleOptions & ResolvedPanelOptions;
  readonly #history: PanelHistory;
  #panel: TrainingPanel | null = null;
  #isLoading = false;
  /** Whether it is to be open once it is loaded. */
  #isWanted = false;
  #language: Language | undefined;
  #destroyed = false;

  constructor(foresight: ForesightPlugin, options: PanelHandleOptions) {
    this.#foresight = foresight;
    this.#options = { ...PANEL_DEFAULTS, ...options };
    this.#history = new PanelHistory(foresight.events, options.model);
    this.#language = options.language;
  }

  /** From `open` to `close`, also while its code is loaded. */
  get isOpen(): boolean {
    return this.#panel?.isOpen ?? this.#isWanted;
  }

  /** The panel's element while it is shown. */
  get root(): HTMLElement | null {
    return this.#panel?.root ?? null;
  }

  /** The panel's language; undefined until it is loaded, if the options give none. */
  get language(): Language | undefined {
    return this.#panel?.language ?? this.#language;
  }
  set language(language: Language) {
    this.#language = language;
    if (this.#panel) this.#panel.language = language;
  }

  open(): void {
    if (this.#destroyed) return;
    this.#isWanted = true;
    if (this.#panel) this.#panel.open();
    else if (!this.#isLoading) void this.#load();
  }

  close(): void {
    this.#isWanted = false;
    this.#panel?.close();
  }

  /** Opens it when closed, closes it when open. */
  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Closes it for good. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#isWanted = false;
    this.#panel?.destroy();
    this.#history.destroy();
    this.#options.released?.();
  }

  /** Never rejects. */
  async #load(): Promise<void> {
    const { load = () => import('./training-panel.ts') } = this.#options;
    this.#isLoading = true;
    try {
      const { TrainingPanel } = await loadPart('The training panel', load);
      if (this.#destroyed) return;
      const options = { ...this.#options, language: this.#language };
      this.#panel = new TrainingPanel(this.#foresight, options, this.#history);
      if (this.#isWanted) this.#panel.open();
    } catch (error) {
      this.#isWanted = false;
      this.#foresight.reporter.report('panel', error, this.#options.model);
    } finally {
      this.#isLoading = false;
    }
  }
}
