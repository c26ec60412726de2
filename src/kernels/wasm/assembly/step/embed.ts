import { addScaled, copy } from '../lib/vectors.ts';

/**
 * Copies columns: to [rows, count] = from [rows, count].
 *
 * @param to, from first column of the first row; strides are bytes
 */
export function copyColumns(
  to: usize,
  toStride: usize,
  from: usize,
  fromStride: usize,
  rows: usize,
  count: usize,
): void {
  for (let row: usize = 0; row < rows; row++, to += toStride, from += fromStride)
    copy(to, from, count << 2);
}

/**
 * Replaces a block of columns by its product with an embedding's table [categories, units]: for a
 * one-hot block, the table's row of the category. Zeros are skipped. Other arguments as in
 * `copyColumns`.
 */
export function embedColumns(
  to: usize,
  toStride: usize,
  from: usize,
  fromStride: usize,
  rows: usize,
  categories: usize,
  units: usize,
  table: usize,
): void {
  const bytes = units << 2;
  for (let row: usize = 0; row < rows; row++, to += toStride, from += fromStride) {
    memory.fill(to, 0, bytes);
    for (let category: usize = 0; category < categories; category++) {
      const value = f32.load(from + (category << 2));
      if (value != 0) addScaled(to, table + category * bytes, value, bytes);
    }
  }
}

/**
 * Adds the gradient of an embedding's table to `table`.
 *
 * @param gradient that of the columns `embedColumns` wrote, with their stride
 */
export function embedBackward(
  gradient: usize,
  stride: usize,
  from: usize,
  fromStride: usize,
  rows: usize,
  categories: usize,
  units: usize,
  table: usize,
): void {
  const bytes = units << 2;
  for (let row: usize = 0; row < rows; row++, gradient += stride, from += fromStride)
    for (let category: usize = 0; category < categories; category++) {
      const value = f32.load(from + (category << 2));
      if (value != 0) addScaled(table + category * bytes, gradient, value, bytes);
    }
}
