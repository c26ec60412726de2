import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parquetMetadataAsync, parquetRead } from 'hyparquet';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ForesightError, messageOf } from '../util/error.ts';

/** A value of a column, as any program may have written it. */
export type Cell = number | bigint | boolean | string | null | undefined | readonly Cell[];

/** Rows of a file that are read at once. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A Parquet file, read column by column and range by range: in a thread, see `GuardedTable`. Close it afterwards. */
export class ParquetTable {
  readonly #path: string;
  readonly #fd: number;
  readonly #buffer: AsyncBuffer;
  readonly #metadata: FileMetaData;

  private constructor(path: string, fd: number, buffer: AsyncBuffer, metadata: FileMetaData) {
    this.#path = path;
    this.#fd = fd;
    this.#buffer = buffer;
    this.#metadata = metadata;
  }

  /** Throws `corrupt-file`, naming the file, unless it is Parquet. */
  static async open(path: string): Promise<ParquetTable> {
    const fd = openSync(path, 'r');
    try {
      const byteLength = fstatSync(fd).size;
      const slice = (start: number, end = byteLength): ArrayBuffer => readBytes(fd, start, end);
      const buffer = { byteLength, slice };
      const metadata = await parquetMetadataAsync(buffer);
      return new ParquetTable(path, fd, buffer, metadata);
    } catch (error) {
      closeSync(fd);
      return corrupt(path, error);
    }
  }

  /** The names of its columns. */
  get columns(): string[] {
    const { schema } = this.#metadata;
    const names: string[] = [];
    // The schema is a tree in order: a child's own children follow it.
    let at = 1;
    const skip = (): void => {
      const { num_children: children = 0 } = schema[at++];
      for (let i = 0; i < children; i++) skip();
    };
    for (let i = 0; i < (schema[0].num_children ?? 0); i++) {
      names.push(schema[at].name);
      skip();
    }
    return names;
  }

  /** Rows of each of its groups. */
  get groupRows(): number[] {
    return this.#metadata.row_groups.map(({ num_rows: rows }) => Number(rows));
  }

  /** The values of a column in a range. Throws `corrupt-file` when they cannot be read. */
  async read(column: string, { from, to }: RowRange): Promise<Cell[]> {
    const cells = Array.from<Cell>({ length: to - from });
    try {
      await parquetRead({
        file: this.#buffer,
        metadata: this.#metadata,
        compressors,
        columns: [column],
        rowStart: from,
        rowEnd: to,
        useOffsetIndex: true,
        onChunk: ({ columnData, rowStart }) => {
          const begin = Math.max(0, from - rowStart);
          const end = Math.min(columnData.length, to - rowStart);
          for (let i = begin; i < end; i++) cells[rowStart + i - from] = columnData[i] as Cell;
        },
      });
    } catch (error) {
      corrupt(this.#path, error);
    }
    return cells;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function readBytes(fd: number, start: number, end: number): ArrayBuffer {
  const bytes = new Uint8Array(end - start);
  for (let at = 0; at < bytes.length;) {
    const read = readSync(fd, bytes, at, bytes.length - at, start + at);
    if (!read) throw new Error('it ends early');
    at += read;
  }
  return bytes.buffer;
}

function corrupt(path: string, cause: unknown): never {
  throw new ForesightError(
    'corrupt-file',
    `"${path}" is not a whole Parquet file: ${messageOf(cause)}. Copy or export it again.`,
    { cause },
  );
}
