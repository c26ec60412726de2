/** Bits needed for whole numbers from 0 to `greatest`, at least 1. */
export const bitsFor = (greatest: number): number => Math.max(1, 32 - Math.clz32(greatest));

/** Packs whole numbers in sequence, each in a given number of bits, lowest bit first. */
export class BitWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @param bits 1 to 32 */
  write(value: number, bits: number): void {
    for (let i = 0; i < bits; i++, this.#length++) {
      const byte = this.#length >> 3;
      if (byte === this.#bytes.length) this.#grow();
      this.#bytes[byte] |= ((value >>> i) & 1) << (this.#length & 7);
    }
  }

  /** A copy, with the last byte padded with zeros. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, Math.ceil(this.#length / 8));
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** The inverse of `BitWriter`. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bits that are left, including the padding of the last byte. */
  get left(): number {
    return 8 * this.#bytes.length - this.#at;
  }

  /** Reads zeros beyond the end: check `left` first. */
  read(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.#at++)
      value |= ((this.#bytes[this.#at >> 3] >> (this.#at & 7)) & 1) << i;
    return value >>> 0;
  }
}
