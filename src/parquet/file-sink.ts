import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { ByteWriter } from 'hyparquet-writer';

/**
 * Writes to a file whatever a Parquet writer has finished: it flushes after each group of rows. Keeps the
 * checksum of what was written.
 */
export class FileSink extends ByteWriter {
  readonly #file: number;
  readonly #hash = createHash('sha256');

  /** @param path created, or emptied */
  constructor(path: string) {
    super();
    this.#file = openSync(path, 'w');
  }

  flush(): void {
    const bytes = this.getBytes();
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#hash.update(bytes);
    this.index = 0;
  }

  override finish(): void {
    this.flush();
    closeSync(this.#file);
  }

  /** SHA-256 in hexadecimal; once, after `finish`. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
