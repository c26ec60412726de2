import { copy } from '../lib/vectors.ts';

/** Copies an array of a batch, `from` [places, bytes], to rows in the order of `places` [rows] i32. */
export function gather(
  to: usize,
  stride: usize,
  from: usize,
  places: usize,
  rows: usize,
  bytes: usize,
): void {
  for (let row: usize = 0; row < rows; row++, to += stride)
    copy(to, from + <usize>i32.load(places + (row << 2)) * bytes, bytes);
}
