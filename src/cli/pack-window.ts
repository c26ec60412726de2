import { deflateSync } from 'node:zlib';
import type { Batch } from '../dataset/batch.ts';

/** Votes are at least log(1e-6), as the experts leave no action out; in steps of this they fit into 16 bits. */
export const VOTE_STEP = Math.log(1e6) / 0xffff;

/** A window as a shard holds it. */
export interface PackedWindow {
  /** Steps that are not padding. */
  readonly length: number;
  /** Steps from this one on are targets; what only they need is not held of the others. */
  readonly firstTarget: number;
  /**
   * Deflated: features [F, length] and values [C, targets] as floats; actions [targets], votes [K * A, targets]
   * and votes on time [K * bins, targets] as 16 bits; bins of time [targets] as bytes. Columns come one after
   * the other, as their neighbours are alike.
   */
  readonly bytes: Uint8Array;
}

/** Packs a batch of one window. */
export function packWindow(batch: Batch): PackedWindow {
  const { mask, windowLength, featureCount, valueCount } = batch;
  const firstTarget = mask.indexOf(1);
  const length = mask.lastIndexOf(1) + 1;
  const targets = { from: firstTarget, to: length };
  const voteWidth = (votes: Float32Array | undefined): number =>
    (votes?.length ?? 0) / windowLength;
  const { experts, timeExperts } = batch;
  const columns: ArrayBufferView[] = [
    transposed(batch.features, featureCount, { from: 0, to: length }),
    transposed(batch.values, valueCount, targets),
    Uint16Array.from(batch.actions.subarray(firstTarget, length)),
    voteCodes(transposed(experts, voteWidth(experts), targets)),
    voteCodes(transposed(timeExperts, voteWidth(timeExperts), targets)),
    Uint8Array.from(batch.timeBins.subarray(firstTarget, length)),
  ];
  const bytes = new Uint8Array(columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of columns) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  // Higher levels take twice the time for 2 % less.
  return { length, firstTarget, bytes: deflateSync(bytes, { level: 1 }) };
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Some rows of [rows, width] as [width, rows]. */
function transposed(
  values: Float32Array = new Float32Array(0),
  width: number,
  { from, to }: Rows,
): Float32Array {
  const rows = to - from;
  const out = new Float32Array(width * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < width; column++)
      out[column * rows + row] = values[(from + row) * width + column];
  return out;
}

const voteCodes = (logs: Float32Array): Uint16Array =>
  Uint16Array.from(logs, (log) => Math.min(0xffff, Math.round(-log / VOTE_STEP)));
