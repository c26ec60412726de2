import type * as Phaser from 'phaser';
import { heldDevice } from '../held-device.ts';
import { isLow, lineUp } from '../lay-out.ts';
import type { Box, Layout, Lines } from '../lay-out.ts';
import { followScreen, unitPoint } from '../screen.ts';
import { addText, INK } from '../text.ts';
import { readMenuInput } from './menu-input.ts';
import type { MenuCommand } from './menu-input.ts';

/** A line of a menu. */
export interface MenuEntry {
  readonly label: string;
  /** The current choice; shown on the right. */
  readonly value?: () => string;
  /** A sentence shown while the entry has the focus. */
  readonly hint?: () => string;
  /** Enter, click, or button A. */
  readonly run?: () => void;
  /** Left and right; without `run`, Enter steps forward too. */
  readonly step?: (direction: 1 | -1) => void;
}

export interface MenuOptions {
  /** The part of the window that its lines are centred in. */
  readonly box: (layout: Layout) => Box;
  /** Units: distance between lines, size of the letters, width of a line. */
  readonly gap?: number;
  readonly size?: number;
  readonly width?: number;
  readonly depth?: number;
  /** Escape or button B. */
  readonly back?: () => void;
  /** Called at each move and choice. */
  readonly sound?: (kind: 'move' | 'choose') => void;
}

const GROUND = 0x2a2144;

type Defaults = Required<Pick<MenuOptions, 'gap' | 'size' | 'width' | 'depth'>>;

export const MENU_DEFAULTS: Defaults = { gap: 32, size: 19, width: 320, depth: 70 };

/** Distance between lines for a thumb; a line is 4 units lower. */
const THUMB = 48;
/** Height of two lines of a hint, units. */
const HINT = 44;

interface Line {
  readonly bar: Phaser.GameObjects.Rectangle;
  readonly label: Phaser.GameObjects.Text;
  readonly value: Phaser.GameObjects.Text | null;
}

/** A list to choose from by keyboard, mouse, touch or gamepad. The scene destroys its objects. */
export class Menu {
  /** False = shown, but ignores input. */
  listens = true;
  readonly #options: MenuOptions & Defaults;
  readonly #scene: Phaser.Scene;
  readonly #hint: Phaser.GameObjects.Text;
  #layout!: Layout;
  #place: Lines = { x: 0, y: 0, gap: 0, width: 0 };
  #entries: readonly MenuEntry[] = [];
  #lines: readonly Line[] = [];
  #focus = 0;
  #enabled = true;

  constructor(scene: Phaser.Scene, entries: readonly MenuEntry[], options: MenuOptions) {
    this.#scene = scene;
    this.#options = { ...MENU_DEFAULTS, ...options };
    this.#hint = addText(scene, 0, 0, '', 14, INK.soft)
      .setOrigin(0.5, 0)
      .setDepth(this.#options.depth + 1);
    this.#entries = entries;
    followScreen(scene, (layout) => {
      this.#layout = layout;
      this.setEntries(this.#entries, this.#focus);
    });
    readMenuInput(scene, (command) => this.#obey(command));
  }

  /** Whether it is shown and listens. */
  get enabled(): boolean {
    return this.#enabled;
  }
  set enabled(enabled: boolean) {
    this.#enabled = enabled;
    for (const { bar, label, value } of this.#lines)
      for (const object of [bar, label, value]) object?.setVisible(enabled);
    this.#hint.setVisible(enabled);
    if (enabled) this.refresh();
  }

  /** Index of the line that has the focus. */
  get focus(): number {
    return this.#focus;
  }

  /** Replaces the lines; the focus goes to `focus`. */
  setEntries(entries: readonly MenuEntry[], focus = 0): void {
    for (const { bar, label, value } of this.#lines)
      for (const object of [bar, label, value]) object?.destroy();
    const { box, gap, width } = this.#options;
    const { deck, ui } = this.#layout;
    const hasHint = entries.some(({ hint }) => hint) && !isLow(this.#layout);
    const whole = box(this.#layout);
    const space = hasHint ? { ...whole, height: whole.height - HINT } : whole;
    const forThumbs = deck !== null || heldDevice() === 'touch';
    this.#place = lineUp(space, {
      count: entries.length,
      gap: forThumbs ? Math.max(gap, THUMB) : gap,
      width,
    });
    this.#entries = entries;
    this.#lines = entries.map((entry, i) => this.#addLine(entry, i));
    this.#focus = Math.min(focus, entries.length - 1);
    const { x, y, gap: apart } = this.#place;
    this.#hint
      .setPosition(x, y + (entries.length - 0.5) * apart + 6)
      .setWordWrapWidth(Math.min(ui.width - 24, Math.max(420, this.#place.width)));
    this.enabled = this.#enabled;
  }

  /** Shows the current values. */
  refresh(): void {
    this.#entries.forEach((entry, i) => {
      const { bar, label, value } = this.#lines[i];
      const focused = i === this.#focus;
      bar.setFillStyle(focused ? 0xf2683c : GROUND, focused ? 0.85 : 0.6);
      label.setColor(focused ? '#ffffff' : INK.bright);
      value?.setText(entry.step ? `< ${entry.value?.()} >` : (entry.value?.() ?? ''));
    });
    const hint = isLow(this.#layout) ? undefined : this.#entries[this.#focus]?.hint;
    this.#hint.setText(hint?.() ?? '');
  }

  #addLine(entry: MenuEntry, i: number): Line {
    const { size, depth } = this.#options;
    const { x, gap, width } = this.#place;
    const y = this.#place.y + i * gap;
    const text = (at: number, content: string): Phaser.GameObjects.Text =>
      addText(this.#scene, at, y, content, size).setDepth(depth + 1);
    const bar = this.#scene.add
      .rectangle(x, y, width, gap - 4, GROUND, 0.6)
      .setDepth(depth)
      .setName(`menu-${entry.label}`);
    bar.setInteractive({ useHandCursor: true });
    bar.on('pointerover', () => this.#move(i - this.#focus));
    bar.on('pointerdown', (pointer: Phaser.Input.Pointer) => this.#click(i, pointer));
    const label = entry.value
      ? text(x - width / 2 + 14, entry.label).setOrigin(0, 0.5)
      : text(x, entry.label).setOrigin(0.5);
    const value = entry.value ? text(x + width / 2 - 14, '').setOrigin(1, 0.5) : null;
    return { bar, label, value };
  }

  #click(i: number, pointer: Phaser.Input.Pointer): void {
    if (!this.#enabled || !this.listens) return;
    this.#move(i - this.#focus);
    const { step, run } = this.#entries[i];
    // On a value, the left part of the line steps back.
    const back =
      !run && step && unitPoint(this.#scene, pointer).x < this.#place.x + this.#place.width * 0.2;
    this.#obey(back ? 'left' : 'confirm');
  }

  #move(by: number): void {
    const { length } = this.#entries;
    if (!this.#enabled || !this.listens || by === 0 || length === 0) return;
    this.#focus = (this.#focus + by + length) % length;
    this.#options.sound?.('move');
    this.refresh();
  }

  #obey(command: MenuCommand): void {
    if (!this.#enabled || !this.listens) return;
    const entry = this.#entries[this.#focus];
    switch (command) {
      case 'up':
        return this.#move(-1);
      case 'down':
        return this.#move(1);
      case 'back':
        return this.#options.back?.();
      case 'left':
      case 'right':
        entry.step?.(command === 'left' ? -1 : 1);
        if (entry.step) this.#options.sound?.('move');
        break;
      case 'confirm':
        this.#options.sound?.('choose');
        if (entry.run) entry.run();
        else entry.step?.(1);
        break;
      default:
        command satisfies never;
    }
    if (this.#enabled && this.#hint.scene) this.refresh();
  }
}

/** Adds a menu to a scene that needs no reference to it. */
export const addMenu = (
  scene: Phaser.Scene,
  entries: readonly MenuEntry[],
  options: MenuOptions,
): Menu => new Menu(scene, entries, options);
