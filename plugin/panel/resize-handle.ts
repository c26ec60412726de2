import { element } from './elements.ts';

export interface ResizeHandleOptions {
  readonly label: string;
  /** Which way the edge moves: `x` is the left edge, `y` the lower one. */
  readonly axis: 'x' | 'y';
  /** Pixels. */
  readonly min: number;
  readonly max: () => number;
  readonly size: () => number;
  /** Called with the size that pointer or keys chose, between min and max. */
  readonly onSize: (size: number) => void;
}

const STEP = 20;

/** An edge that can be dragged, or moved with arrow keys, Home and End: a window splitter of WAI-ARIA. */
export class ResizeHandle {
  readonly root: HTMLElement;
  readonly #options: ResizeHandleOptions;

  constructor(options: ResizeHandleOptions) {
    this.#options = options;
    const { axis, label, min } = options;
    this.root = element('div', {
      className: `handle ${axis}`,
      attributes: {
        role: 'separator',
        tabindex: '0',
        'aria-label': label,
        'aria-orientation': axis === 'x' ? 'vertical' : 'horizontal',
        'aria-valuemin': String(min),
        'data-command': axis === 'x' ? 'width' : 'height',
      },
      on: {
        keydown: (event) => this.#onKey(event as KeyboardEvent),
        pointerdown: (event) => this.#onPress(event as PointerEvent),
      },
    });
  }

  /** Gives assistive technology the current size. */
  update(): void {
    this.root.setAttribute('aria-valuenow', String(Math.round(this.#options.size())));
    this.root.setAttribute('aria-valuemax', String(Math.round(this.#options.max())));
  }

  #set(size: number): void {
    const { min, max, onSize } = this.#options;
    onSize(Math.round(Math.max(min, Math.min(max(), size))));
    this.update();
  }

  #onKey(event: KeyboardEvent): void {
    const { axis, min, max, size } = this.#options;
    const more = axis === 'x' ? 'ArrowLeft' : 'ArrowDown';
    const less = axis === 'x' ? 'ArrowRight' : 'ArrowUp';
    const wanted: Readonly<Record<string, number>> = {
      [more]: size() + STEP,
      [less]: size() - STEP,
      Home: min,
      End: max(),
    };
    if (!Object.hasOwn(wanted, event.key)) return;
    event.preventDefault();
    this.#set(wanted[event.key]);
  }

  #onPress(event: PointerEvent): void {
    if (event.button !== 0) return;
    // Neither the focus nor a selection of text belongs to a drag.
    event.preventDefault();
    const at = ({ clientX, clientY }: PointerEvent): number =>
      this.#options.axis === 'x' ? -clientX : clientY;
    const [from, size] = [at(event), this.#options.size()];
    const move = (moved: PointerEvent): void => this.#set(size + at(moved) - from);
    const end = (): void => {
      this.root.removeEventListener('pointermove', move);
      this.root.removeEventListener('pointerup', end);
      this.root.removeEventListener('pointercancel', end);
    };
    this.root.setPointerCapture(event.pointerId);
    this.root.addEventListener('pointermove', move);
    this.root.addEventListener('pointerup', end);
    this.root.addEventListener('pointercancel', end);
  }
}
