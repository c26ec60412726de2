import { concat } from './concat.ts';

const NEWLINE = 0x0a;

/** Reads bytes that arrive in pieces; never holds more than the last piece and what is read at once. */
export class ByteStream {
  readonly #source: AsyncIterator<Uint8Array>;
  /** Bytes that arrived and were not taken. */
  #held: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, without taking them. Fewer than `count` only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#held.length < count) await this.#fill(count);
    return this.#held.subarray(0, count);
  }

  /** The next bytes. Fewer than `count` only at the end. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.#held = this.#held.subarray(bytes.length);
    return bytes;
  }

  /**
   * The bytes of the next line, without the line feed; null at the end. More than `most` bytes are the beginning
   * of a longer line: no more of it is held.
   */
  async takeLine(most = Infinity): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const end = this.#held.indexOf(NEWLINE);
      if (end >= 0) {
        parts.push(this.#held.subarray(0, end));
        this.#held = this.#held.subarray(end + 1);
        return joined(parts);
      }
      if (this.#held.length) parts.push(this.#held);
      length += this.#held.length;
      this.#held = new Uint8Array();
      if (length > most) return joined(parts);
      if (!(await this.#next())) return parts.length ? joined(parts) : null;
    }
  }

  /** Ends the source before its end. */
  async cancel(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(count: number): Promise<void> {
    const parts = [this.#held];
    let length = this.#held.length;
    while (length < count && (await this.#next())) {
      parts.push(this.#held);
      length += this.#held.length;
    }
    this.#held = joined(parts);
  }

  /** Replaces what is held by the next piece; false at the end. */
  async #next(): Promise<boolean> {
    if (this.#ended) return false;
    const { done, value } = await this.#source.next();
    this.#ended = done === true;
    this.#held = done ? new Uint8Array() : value;
    return !done;
  }
}

const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.length === 1 ? parts[0] : concat(parts, Uint8Array);
