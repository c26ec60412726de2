import type { EmbeddedBlock } from '../../network/graph.ts';
import type { Matrix } from './matrix.ts';

/** An embedded one-hot block and its table [categories, units], or the table's gradient. */
export interface Embedding extends Omit<EmbeddedBlock, 'table'> {
  readonly table: Matrix;
}

/**
 * Writes to `out` [N, I] the features [N, F], with each embedded block replaced by its product with the block's
 * table: for a one-hot block, the table's row of the category. Other columns pass through.
 */
export function embed(out: Matrix, features: Matrix, blocks: readonly Embedding[]): void {
  const { data } = out;
  for (let row = 0; row < out.rows; row++) {
    const start = out.offset + row * out.columns;
    const from = features.offset + row * features.columns;
    let [column, to] = [0, 0];
    for (const { offset, categories, column: first, units, table } of blocks) {
      while (to < first) data[start + to++] = features.data[from + column++];
      data.fill(0, start + to, start + to + units);
      for (let category = 0; category < categories; category++) {
        const value = features.data[from + offset + category];
        if (value === 0) continue;
        const entry = table.offset + category * units;
        for (let j = 0; j < units; j++) data[start + to + j] += value * table.data[entry + j];
      }
      column += categories;
      to += units;
    }
    while (to < out.columns) data[start + to++] = features.data[from + column++];
  }
}

/**
 * Adds the gradient of the tables, given the gradient of `embed`'s result. In each block, `table` is the
 * table's gradient. The features have no gradient.
 */
export function embedBackward(
  { data, offset, rows, columns }: Matrix,
  features: Matrix,
  blocks: readonly Embedding[],
): void {
  for (let row = 0; row < rows; row++)
    for (const { offset: first, categories, column, units, table } of blocks) {
      const at = offset + row * columns + column;
      const from = features.offset + row * features.columns + first;
      for (let category = 0; category < categories; category++) {
        const value = features.data[from + category];
        if (value === 0) continue;
        const entry = table.offset + category * units;
        for (let j = 0; j < units; j++) table.data[entry + j] += value * data[at + j];
      }
    }
}
