import type { EmbeddedBlock } from '../../network/graph.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';

/** An embedded one-hot block and its table [categories, units], or the table's gradient. */
export interface Embedding extends Omit<EmbeddedBlock, 'table'> {
  readonly table: Matrix;
}

/**
 * Writes to `row` of `out` [n, I] the features [F], with each embedded block replaced by its product with the
 * block's table: for a one-hot block, the table's row of the category. Other columns pass through.
 */
export function embedRow(
  { data, offset, columns }: Matrix,
  row: number,
  features: FloatArray,
  blocks: readonly Embedding[],
): void {
  const start = offset + row * columns;
  let [column, to] = [0, 0];
  for (const { offset: first, categories, column: toFirst, units, table } of blocks) {
    while (to < toFirst) data[start + to++] = features[column++];
    data.fill(0, start + to, start + to + units);
    for (let category = 0; category < categories; category++) {
      const value = features[first + category];
      if (value === 0) continue;
      const entry = table.offset + category * units;
      for (let j = 0; j < units; j++) data[start + to + j] += value * table.data[entry + j];
    }
    column += categories;
    to += units;
  }
  while (to < columns) data[start + to++] = features[column++];
}

/**
 * Adds the gradient of the tables, given the gradient of `embedRow`'s result. In each block, `table` is the
 * table's gradient. The features have no gradient.
 */
export function embedRowBackward(
  { data, offset, columns }: Matrix,
  row: number,
  features: FloatArray,
  blocks: readonly Embedding[],
): void {
  for (const { offset: first, categories, column, units, table } of blocks) {
    const at = offset + row * columns + column;
    for (let category = 0; category < categories; category++) {
      const value = features[first + category];
      if (value === 0) continue;
      const entry = table.offset + category * units;
      for (let j = 0; j < units; j++) table.data[entry + j] += value * data[at + j];
    }
  }
}
