import type { EpisodeChunk } from './episode-store.ts';

/** Bytes that `packSteps` writes: a multiple of 4. */
export const packedLength = (length: number, fields: number): number =>
  4 * length + 4 * Math.ceil(length / 2) + 4 * length * fields;

/**
 * Writes steps as one block: ticks (i32), actions (u16, padded with zeros to 4 bytes), then each
 * column (f32). Little-endian, like typed arrays on every machine that runs a browser.
 *
 * @param out filled from `offset` on and returned; a new array of `packedLength` when absent
 */
export function packSteps(
  { length, ticks, actions, columns }: EpisodeChunk,
  out = new Uint8Array(packedLength(length, columns.length)),
  offset = 0,
): Uint8Array<ArrayBuffer> {
  out.set(bytesOf(ticks), offset);
  out.set(bytesOf(actions), offset + 4 * length);
  let at = offset + 4 * length + 4 * Math.ceil(length / 2);
  for (const column of columns) {
    out.set(bytesOf(column), at);
    at += 4 * length;
  }
  return out;
}

/** The inverse of `packSteps`; returns copies. There must be `packedLength` bytes from `offset` on. */
export function unpackSteps(
  bytes: Uint8Array,
  offset: number,
  { length, fields }: { readonly length: number; readonly fields: number },
): EpisodeChunk {
  const copy = (at: number, size: number): ArrayBuffer => {
    const piece = new Uint8Array(size);
    piece.set(bytes.subarray(at, at + size));
    return piece.buffer;
  };
  const floats = offset + 4 * length + 4 * Math.ceil(length / 2);
  return {
    length,
    ticks: new Int32Array(copy(offset, 4 * length)),
    actions: new Uint16Array(copy(offset + 4 * length, 2 * length)),
    columns: Array.from(
      { length: fields },
      (_, field) => new Float32Array(copy(floats + 4 * length * field, 4 * length)),
    ),
  };
}

const bytesOf = (data: Int32Array | Uint16Array | Float32Array): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
