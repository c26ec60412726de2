/** What the player holds. */
export type HeldDevice = 'keys' | 'touch' | 'pad';

/** Where a finger is the main pointer, the player holds a phone until a key or a pad is used. */
const firstDevice = (): HeldDevice =>
  globalThis.matchMedia?.('(pointer: coarse)').matches ? 'touch' : 'keys';

/** The device used last on the page, for hints that name its controls. */
export class DeviceWatch {
  #device = firstDevice();
  readonly #listeners = new Set<() => void>();

  constructor(page: Pick<Window, 'addEventListener'> = window) {
    page.addEventListener('keydown', () => this.#use('keys'));
    page.addEventListener('pointerdown', (event) =>
      this.#use((event as PointerEvent).pointerType === 'touch' ? 'touch' : 'keys'),
    );
  }

  get device(): HeldDevice {
    return this.#device;
  }

  /** Call it when a button of a pad is pressed. */
  usePad(): void {
    this.#use('pad');
  }

  /** Calls `listener` at every change. Returns a function that stops it. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #use(device: HeldDevice): void {
    if (device === this.#device) return;
    this.#device = device;
    for (const listener of this.#listeners) listener();
  }
}
