import type { NetworkShape } from '../../network/shape.ts';
import type { Parameter } from '../../network/parameters.ts';
import { inputWidth } from '../../network/shape.ts';

/** [columns, rows] of a row-major matrix [rows, columns]: PyTorch multiplies with W^T, Keras with W. */
export function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = data[row * columns + column];
  return result;
}

/**
 * Input weights [rows, inputWidth] as [rows, features]: those for the columns of an embedded block are multiplied
 * by the block's table, which gives the same sums.
 *
 * @param table the table [categories, units] of an embedding
 */
export function unfoldEmbeddings(
  shape: NetworkShape,
  weights: Float32Array,
  table: (name: Parameter['name']) => Float32Array,
): Float32Array {
  if (!shape.embeddings.length) return weights;
  const width = inputWidth(shape);
  const rows = weights.length / width;
  const result = new Float32Array(rows * shape.features);
  const tables = shape.embeddings.map(({ name }) => table(`embedding.${name}.weight`));
  for (let row = 0; row < rows; row++) {
    let from = row * width;
    let to = row * shape.features;
    let column = 0;
    shape.embeddings.forEach(({ offset, categories, units }, i) => {
      for (; column < offset; column++) result[to++] = weights[from++];
      for (let category = 0; category < categories; category++) {
        let sum = 0;
        for (let j = 0; j < units; j++) sum += weights[from + j] * tables[i][category * units + j];
        result[to++] = sum;
      }
      from += units;
      column = offset + categories;
    });
    for (; column < shape.features; column++) result[to++] = weights[from++];
  }
  return result;
}
