import { dot } from '../lib/vectors.ts';

/**
 * Adds the share of the experts' matches to the gate: gate [rows, experts] += matches * weights^T.
 *
 * @param gate first column in the first row; `stride` bytes to the next row
 * @param matches [rows, width] likewise, `matchStride` bytes to the next row
 * @param weights [experts, width]
 */
export function gateMatches(
  gate: usize,
  stride: usize,
  experts: usize,
  rows: usize,
  matches: usize,
  matchStride: usize,
  width: usize,
  weights: usize,
): void {
  const bytes = width << 2;
  for (let row: usize = 0; row < rows; row++, gate += stride, matches += matchStride)
    for (let k: usize = 0; k < experts; k++) {
      const at = gate + (k << 2);
      f32.store(at, f32.load(at) + dot(weights + k * bytes, matches, bytes));
    }
}
