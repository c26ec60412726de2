import type { EmbeddingShape } from '../../network/shape.ts';
import type { Matrix } from './matrix.ts';

/** An embedded one-hot block and its table [categories, units]. */
export interface Embedding extends Pick<EmbeddingShape, 'offset' | 'categories' | 'units'> {
  readonly table: Matrix;
}

/**
 * Replaces each embedded block of the features [n, F] by its product with the block's table: for a
 * one-hot block, the table's row of the category. Other columns pass through. Writes `out`
 * [n, inputWidth].
 */
export function embed(out: Matrix, features: Matrix, embeddings: readonly Embedding[]): void {
  for (let row = 0; row < features.rows; row++) {
    let from = features.offset + row * features.columns;
    let to = out.offset + row * out.columns;
    let column = 0;
    for (const { offset, categories, units, table } of embeddings) {
      for (; column < offset; column++) out.data[to++] = features.data[from++];
      out.data.fill(0, to, to + units);
      for (let category = 0; category < categories; category++, column++) {
        const value = features.data[from++];
        if (value === 0) continue;
        const start = table.offset + category * units;
        for (let j = 0; j < units; j++) out.data[to + j] += value * table.data[start + j];
      }
      to += units;
    }
    for (; column < features.columns; column++) out.data[to++] = features.data[from++];
  }
}

/**
 * Adds the gradient of the tables, given the gradient of `embed`'s result [n, inputWidth]. In each
 * embedding, `table` is the table's gradient. The features have no gradient.
 */
export function embedBackward(
  gradient: Matrix,
  features: Matrix,
  embeddings: readonly Embedding[],
): void {
  for (let row = 0; row < features.rows; row++) {
    let from = features.offset + row * features.columns;
    let at = gradient.offset + row * gradient.columns;
    let column = 0;
    for (const { offset, categories, units, table } of embeddings) {
      from += offset - column;
      at += offset - column;
      for (let category = 0; category < categories; category++) {
        const value = features.data[from++];
        if (value === 0) continue;
        const start = table.offset + category * units;
        for (let j = 0; j < units; j++) table.data[start + j] += value * gradient.data[at + j];
      }
      column = offset + categories;
      at += units;
    }
  }
}
