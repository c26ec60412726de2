import type { Batch } from '../dataset/batch.ts';

type Field = {
  [Key in keyof Batch]-?: NonNullable<Batch[Key]> extends Float32Array | Int32Array ? Key : never;
}[keyof Batch];

const FIELDS = [
  'features',
  'actions',
  'timeBins',
  'values',
  'mask',
  'experts',
  'timeExperts',
  'softActions',
] as const satisfies readonly Field[];

/** Splits batches into parts in shared memory, which is used again. */
export class SharedParts {
  readonly #parts: number;
  readonly #memory = new Map<string, SharedArrayBuffer>();

  constructor(parts: number) {
    this.#parts = parts;
  }

  /**
   * The windows of a batch in as many parts as it has windows for, about equally many in each. They are copied,
   * unless they lie in shared memory. Valid until the next batch.
   */
  split(batch: Batch): Batch[] {
    const parts = Math.min(this.#parts, batch.batchSize);
    return Array.from({ length: parts }, (_, part) => {
      const first = Math.floor((batch.batchSize * part) / parts);
      const end = Math.floor((batch.batchSize * (part + 1)) / parts);
      const arrays = FIELDS.flatMap((field) => {
        const all = batch[field];
        if (!all) return [];
        const width = all.length / batch.batchSize;
        const windows = all.subarray(first * width, end * width);
        const isShared = windows.buffer instanceof SharedArrayBuffer;
        return [[field, isShared ? windows : this.#share(`${field} ${part}`, windows)] as const];
      });
      return { ...batch, batchSize: end - first, ...Object.fromEntries(arrays) };
    });
  }

  /** Memory of at least so many bytes: the same for a name, while it is enough. */
  take(name: string, bytes: number): SharedArrayBuffer {
    let memory = this.#memory.get(name);
    if (!memory || memory.byteLength < bytes) {
      memory = new SharedArrayBuffer(bytes);
      this.#memory.set(name, memory);
    }
    return memory;
  }

  #share(name: string, from: Float32Array | Int32Array): Float32Array | Int32Array {
    const memory = this.take(name, from.byteLength);
    const shared =
      from instanceof Float32Array
        ? new Float32Array(memory, 0, from.length)
        : new Int32Array(memory, 0, from.length);
    shared.set(from);
    return shared;
  }
}
