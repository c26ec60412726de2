import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Rng } from '../util/rng.ts';
import type { PackedWindow } from './pack-window.ts';

/** A file of windows. */
export interface Shard {
  readonly file: string;
  readonly windows: number;
}

export interface ShardWriterOptions {
  readonly folder: string;
  /** What the names of its files begin with. */
  readonly kind: string;
  readonly shards: number;
  /** Deals the windows out. */
  readonly rng: Rng;
}

/** Bytes of a file before its data: room for the header, which is written last. */
const START = 512;
/** Bytes that wait to be written, of all files together. */
const WAITING = 2 ** 24;
const { O_RDWR, O_CREAT } = constants;

interface OpenShard {
  readonly file: string;
  readonly waiting: Uint8Array[];
  waitingBytes: number;
  /** Bytes of data written. */
  written: number;
  /** [windows, 3] length, first target and bytes of each window. */
  readonly windows: number[];
}

/**
 * Deals windows out to files as they come, as evenly as can be: of each group of as many windows as files, every
 * file gets one, drawn at random. Holds no window. The files are safetensors: `data` has the packed windows in a row,
 * `windows` what and where they are.
 */
export class ShardWriter {
  readonly #folder: string;
  readonly #rng: Rng;
  readonly #shards: readonly OpenShard[];
  #deal: OpenShard[] = [];

  constructor({ folder, kind, shards, rng }: ShardWriterOptions) {
    this.#folder = folder;
    this.#rng = rng;
    this.#shards = Array.from({ length: shards }, (_, i) => ({
      file: `${kind}-${String(i).padStart(5, '0')}.safetensors`,
      waiting: [],
      waitingBytes: 0,
      written: 0,
      windows: [],
    }));
  }

  add({ length, firstTarget, bytes }: PackedWindow): void {
    if (!this.#deal.length) this.#deal = this.#rng.shuffle([...this.#shards]);
    const shard = this.#deal.pop()!;
    shard.windows.push(length, firstTarget, bytes.length);
    shard.waiting.push(bytes);
    shard.waitingBytes += bytes.length;
    if (shard.waitingBytes >= WAITING / this.#shards.length) this.#write(shard);
  }

  /** Writes what waits, and the headers. Returns the files and their bytes together. */
  finish(): { readonly shards: readonly Shard[]; readonly bytes: number } {
    let total = 0;
    for (const shard of this.#shards) {
      const { windows } = shard;
      // The whole numbers that follow must begin at a multiple of their size.
      const padding = new Uint8Array(-(shard.written + shard.waitingBytes) & 3);
      shard.waiting.push(padding);
      shard.waitingBytes += padding.length;
      this.#write(shard);
      const end = shard.written;
      const table = new Uint8Array(Int32Array.from(windows).buffer);
      const header = JSON.stringify({
        data: { dtype: 'U8', shape: [end], data_offsets: [0, end] },
        windows: {
          dtype: 'I32',
          shape: [windows.length / 3, 3],
          data_offsets: [end, end + table.length],
        },
      });
      const start = new Uint8Array(START).fill(0x20);
      new DataView(start.buffer).setBigUint64(0, BigInt(START - 8), true);
      start.set(new TextEncoder().encode(header), 8);
      this.#at(shard, [
        [table, START + end],
        [start, 0],
      ]);
      total += START + end + table.length;
    }
    const shards = this.#shards.map(({ file, windows }) => ({ file, windows: windows.length / 3 }));
    return { shards, bytes: total };
  }

  #write(shard: OpenShard): void {
    const bytes = new Uint8Array(shard.waitingBytes);
    let at = 0;
    for (const piece of shard.waiting) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.#at(shard, [[bytes, START + shard.written]]);
    shard.written += bytes.length;
    shard.waiting.length = 0;
    shard.waitingBytes = 0;
  }

  /** Opened for each writing: there may be more files than a process can hold open. */
  #at({ file }: OpenShard, pieces: readonly (readonly [Uint8Array, number])[]): void {
    const open = openSync(join(this.#folder, file), O_RDWR | O_CREAT);
    try {
      for (const [bytes, position] of pieces)
        for (let at = 0; at < bytes.length;)
          at += writeSync(open, bytes, at, bytes.length - at, position + at);
    } finally {
      closeSync(open);
    }
  }
}
