import { ForesightError } from '../util/error.ts';
import { columnRoom } from './limits.ts';

/** Bytes of a typed array without its numbers, about. */
const ARRAY_BYTES = 128;

/** What the episodes of one file may still take in memory. */
export class ColumnRoom {
  readonly #name: string;
  #left: number;

  /**
   * @param size bytes or characters of the file
   * @param name name of the file in errors
   */
  constructor(size: number, name: string) {
    this.#name = name;
    this.#left = columnRoom(size);
  }

  /** Starts over, for the next bytes or characters of a file that is never held whole. */
  renew(size: number): void {
    this.#left = columnRoom(size);
  }

  /** Throws `too-large` when the file has no room for this episode. To be called before it is allocated. */
  take({ steps, columns }: { readonly steps: number; readonly columns: number }): void {
    this.#left -= columns * ARRAY_BYTES + steps * (6 + 4 * columns);
    if (this.#left >= 0) return;
    throw new ForesightError(
      'too-large',
      `${this.#name} holds many more values than it has bytes: episodes without steps, or vectors that are not known. Leave such episodes or vectors out, or split it into smaller files.`,
    );
  }
}
