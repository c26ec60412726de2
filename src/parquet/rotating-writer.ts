import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SchemaElement } from 'hyparquet';
import { ParquetWriter } from 'hyparquet-writer';
import type { ColumnSource } from 'hyparquet-writer';
import { FileSink } from './file-sink.ts';
import type { FileEntry } from './info.ts';

/** Files of one folder, as in LeRobot's data sets: a thousand to a chunk. */
export const FILES_PER_CHUNK = 1000;

/** Where a file is among those of its kind. */
export interface FilePlace {
  readonly chunk: number;
  readonly file: number;
}

const three = (index: number): string => String(index).padStart(3, '0');

/** Path of a file in the folder of its kind. */
export const placePath = ({ chunk, file }: FilePlace): string =>
  `chunk-${three(chunk)}/file-${three(file)}.parquet`;

export interface RotatingOptions {
  /** The folder of the whole export. */
  readonly root: string;
  /** The folder of these files in it: "data" or "meta/episodes". */
  readonly kind: string;
  readonly schema: readonly SchemaElement[];
  /** Bytes from which on `rotate` begins another file. */
  readonly fileBytes: number;
}

/** Writes groups of rows to one file after the other. Holds the group that is written, and no rows otherwise. */
export class RotatingWriter {
  readonly #options: RotatingOptions;
  readonly #files: FileEntry[] = [];
  #open: { writer: ParquetWriter; sink: FileSink; path: string; rows: number } | null = null;

  constructor(options: RotatingOptions) {
    this.#options = options;
  }

  /** The file that is written to. */
  get place(): FilePlace {
    const index = this.#files.length;
    return { chunk: Math.floor(index / FILES_PER_CHUNK), file: index % FILES_PER_CHUNK };
  }

  /** Bytes in that file so far. */
  get bytes(): number {
    return this.#open?.sink.offset ?? 0;
  }

  /** Whether that file is large enough. */
  get isFull(): boolean {
    return this.bytes >= this.#options.fileBytes;
  }

  /** Writes one group of rows, at least one row. */
  write(columnData: ColumnSource[]): void {
    const rows = columnData[0].data.length;
    this.#open ??= this.#begin();
    // The sink is not asynchronous, so neither is this.
    void this.#open.writer.write({ columnData, rowGroupSize: rows });
    this.#open.rows += rows;
  }

  /** Ends the file; the next group of rows begins another one. */
  rotate(): void {
    if (!this.#open) return;
    const { writer, sink, path, rows } = this.#open;
    void writer.finish();
    this.#files.push({ path, bytes: sink.offset, rows, sha256: sink.digest() });
    this.#open = null;
  }

  /** Ends the last file and returns all of them. */
  finish(): readonly FileEntry[] {
    this.rotate();
    return this.#files;
  }

  #begin(): { writer: ParquetWriter; sink: FileSink; path: string; rows: number } {
    const { root, kind, schema } = this.#options;
    const path = `${kind}/${placePath(this.place)}`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const sink = new FileSink(join(root, path));
    const writer = new ParquetWriter({
      writer: sink,
      schema: [...schema],
      createdBy: 'phaser-foresight',
    });
    return { writer, sink, path, rows: 0 };
  }
}
