import type { EngineReport } from '../../src/worker/protocol.ts';
import { acceptFiles } from './accept-files.ts';
import { adoptStyles } from './adopt-styles.ts';
import { commandButton, setAttribute } from './command-button.ts';
import { DataTab } from './data-tab.ts';
import { element, setText } from './elements.ts';
import { globe } from './globe.ts';
import { guardKeys } from './guard-keys.ts';
import { ImportSection } from './import-section.ts';
import { LearningTab } from './learning-tab.ts';
import { NowTab } from './now-tab.ts';
import type { PanelContext, PanelPart } from './part.ts';
import type { PanelPreferences } from './preferences.ts';
import { ResizeHandle } from './resize-handle.ts';
import { StatusSection } from './status-section.ts';
import { STYLES } from './styles.ts';
import { Tabs } from './tabs.ts';
import { TEXTS } from './texts.ts';
import type { Language } from './texts.ts';
import { Toolbar } from './toolbar.ts';

export interface PanelWindowOptions {
  readonly preferences: PanelPreferences;
  /** The language that its button offers. */
  readonly otherLanguage: Language;
  readonly onLanguage: () => void;
  readonly onCollapse: (collapsed: boolean) => void;
  readonly onClose: () => void;
  readonly onSize: (size: Pick<PanelPreferences, 'width' | 'height'>) => void;
}

const WIDTH = 320;
const MIN_WIDTH = 240;
const MIN_HEIGHT = 260;
/** Free pixels around it. */
const MARGIN = 8;
/** Padding, borders and a scroll bar. */
const FRAME = 38;

/** The panel's window: header, status, toolbar, tabs and edges. Lives while the panel is open. */
export class PanelWindow {
  readonly root: HTMLElement;
  readonly status: StatusSection;
  readonly tabs: Tabs<'now' | 'learning' | 'data'>;
  readonly #context: PanelContext;
  readonly #options: PanelWindowOptions;
  readonly #imports: ImportSection;
  readonly #toolbar: Toolbar;
  readonly #parts: { now: NowTab; learning: LearningTab; data: DataTab };
  readonly #body: HTMLElement;
  readonly #collapse: HTMLButtonElement;
  readonly #handles: readonly ResizeHandle[];
  #width: number;
  /** Null: as high as its content. */
  #height: number | null;
  #isCollapsed = false;
  #takeStylesBack: (() => void) | null = null;

  constructor(context: PanelContext, options: PanelWindowOptions) {
    this.#context = context;
    this.#options = options;
    const { texts } = context;
    this.#width = options.preferences.width ?? WIDTH;
    this.#height = options.preferences.height ?? null;
    this.status = new StatusSection(texts);
    this.#imports = new ImportSection(texts, context.commands);
    this.#toolbar = new Toolbar(context);
    const now = new NowTab(context);
    const learning = new LearningTab(context);
    const data = new DataTab(context);
    this.#parts = { now, learning, data };
    this.tabs = new Tabs(
      [
        { name: 'now', title: texts.tabs.now, content: [now.root] },
        { name: 'learning', title: texts.tabs.learning, content: [learning.root] },
        { name: 'data', title: texts.tabs.data, content: [data.root] },
      ],
      { label: texts.title, onSelect: () => this.update() },
    );
    this.#collapse = commandButton('collapse', {
      text: '▾',
      label: texts.collapse,
      click: () => this.collapse(!this.#isCollapsed),
    });
    this.#body = element(
      'div',
      { className: 'body' },
      this.#toolbar.root,
      this.tabs.list,
      ...this.tabs.panels,
    );
    this.#handles = this.#makeHandles();
    this.root = element(
      'section',
      {
        className: 'foresight-panel',
        attributes: {
          'aria-label': texts.title,
          'aria-description': texts.escape,
          lang: texts.locale,
        },
        on: { click: (event) => this.#giveFocusBack(event) },
      },
      this.#header(),
      this.status.root,
      this.#imports.root,
      this.#body,
      ...this.#handles.map(({ root }) => root),
    );
    guardKeys(this.root, () => this.#leave());
    acceptFiles(this.root, {
      hint: texts.drop,
      take: (files) => {
        for (const file of files) context.run(() => context.commands.import(file));
      },
    });
  }

  /** To be called when it is in the page: sets its styles and size. */
  attached(): void {
    this.#takeStylesBack ??= adoptStyles(this.root, STYLES);
    this.#resize({ width: this.#width, ...(this.#height !== null && { height: this.#height }) });
  }

  /** Updates the visible parts. */
  update(): void {
    this.#imports.update(this.#context.commands);
    this.#toolbar.update();
    if (!this.#isCollapsed) this.#parts[this.tabs.selected].update();
  }

  recordingsChanged(): void {
    this.#toolbar.recordingsChanged();
    this.#parts.learning.recordingsChanged();
    this.#parts.data.recordingsChanged();
  }

  showEngine(report: EngineReport | null, name: string): void {
    this.#parts.learning.showEngine(report, name);
  }

  collapse(collapsed: boolean): void {
    const { texts } = this.#context;
    this.#isCollapsed = collapsed;
    this.#body.hidden = collapsed;
    for (const { root } of this.#handles) root.hidden = collapsed;
    this.root.style.height = collapsed || this.#height === null ? '' : `${this.#height}px`;
    setText(this.#collapse, collapsed ? '▸' : '▾');
    setAttribute(this.#collapse, {
      name: 'aria-label',
      value: collapsed ? texts.expand : texts.collapse,
    });
    setAttribute(this.#collapse, { name: 'aria-expanded', value: String(!collapsed) });
    this.#options.onCollapse(collapsed);
    if (!collapsed) this.update();
  }

  destroy(): void {
    for (const part of Object.values(this.#parts) as PanelPart[]) part.destroy?.();
    this.root.remove();
    this.#takeStylesBack?.();
  }

  #header(): HTMLElement {
    const { texts } = this.#context;
    const { otherLanguage, onLanguage, onClose } = this.#options;
    const other = TEXTS[otherLanguage];
    const language = commandButton('language', {
      text: '',
      label: other.language,
      click: onLanguage,
    });
    language.lang = other.locale;
    language.title = other.language;
    language.append(globe());
    return element(
      'header',
      {},
      element('h2', { text: texts.title }),
      language,
      this.#collapse,
      commandButton('close', { text: '✕', label: texts.close, click: onClose }),
    );
  }

  #makeHandles(): ResizeHandle[] {
    const { texts } = this.#context;
    const parts = [
      new ResizeHandle({
        label: texts.resizeWidth,
        axis: 'x',
        min: MIN_WIDTH,
        max: () => Math.max(MIN_WIDTH, innerWidth - 2 * MARGIN),
        size: () => this.root.offsetWidth,
        onSize: (width) => this.#resizeByHand({ width }),
      }),
      new ResizeHandle({
        label: texts.resizeHeight,
        axis: 'y',
        min: MIN_HEIGHT,
        max: () => Math.max(MIN_HEIGHT, innerHeight - 2 * MARGIN),
        size: () => this.root.offsetHeight,
        onSize: (height) => this.#resizeByHand({ height }),
      }),
    ];
    return parts;
  }

  #resizeByHand(size: Pick<PanelPreferences, 'width' | 'height'>): void {
    this.#resize(size);
    this.#options.onSize(size);
  }

  #resize({ width, height }: Pick<PanelPreferences, 'width' | 'height'>): void {
    if (width !== undefined) {
      this.#width = Math.min(width, Math.max(MIN_WIDTH, innerWidth - 2 * MARGIN));
      this.root.style.width = `${this.#width}px`;
      for (const part of Object.values(this.#parts) as PanelPart[])
        part.resize?.(this.#width - FRAME);
    }
    if (height !== undefined) {
      this.#height = height;
      this.root.style.height = `${height}px`;
    }
    for (const handle of this.#handles) handle.update();
  }

  #leave(): void {
    (document.activeElement as HTMLElement | null)?.blur();
  }

  /** After a click with the mouse the keys belong to the game again; after one with the keyboard they stay here. */
  #giveFocusBack(event: Event): void {
    if (!(event instanceof MouseEvent) || event.detail === 0) return;
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.root.contains(activeElement)) return;
    // A question keeps the focus until it is answered.
    if (activeElement.dataset.command !== 'keep') activeElement.blur();
  }
}
