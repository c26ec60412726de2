import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';

/** A view of a row-major matrix inside a flat array. */
export interface Matrix<A extends FloatArray = FloatArray> {
  readonly data: A;
  /** First element. */
  readonly offset: number;
  readonly rows: number;
  /** Elements of a row; rows follow each other without a gap. */
  readonly columns: number;
}

/** A new matrix of zeros, of the same precision as `like`. */
export function zeroMatrix<A extends FloatArray>(
  like: A,
  rows: number,
  columns: number,
): Matrix<A> {
  return { data: zerosLike(like, rows * columns), offset: 0, rows, columns };
}

/** Rows [first, first + count) of a matrix, in the same memory. */
export function rowsOf<A extends FloatArray>(
  { data, offset, columns }: Matrix<A>,
  first: number,
  count: number,
): Matrix<A> {
  return { data, offset: offset + first * columns, rows: count, columns };
}

/** Fills every row of `target` [n, m] with the sum of vectors [1, m]. */
export function fillRows(target: Matrix, ...vectors: readonly Matrix[]): void {
  const { data, offset, rows, columns } = target;
  data.fill(0, offset, offset + rows * columns);
  for (const vector of vectors)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        data[offset + i * columns + j] += vector.data[vector.offset + j];
}

/** Adds the sum of all rows of `source` [n, m] to the vector `target` [1, m]. */
export function addColumnSums(target: Matrix, source: Matrix): void {
  const { data, offset, rows, columns } = source;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      target.data[target.offset + j] += data[offset + i * columns + j];
}

/** A new matrix: the transpose. */
export function transposed<A extends FloatArray>(matrix: Matrix<A>): Matrix<A> {
  const { data, offset, rows, columns } = matrix;
  const result = zeroMatrix(data, columns, rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result.data[column * rows + row] = data[offset + row * columns + column];
  return result;
}

/** x = max(0, x); NaN stays NaN, so that broken weights are noticed. */
export function rectify({ data, offset, rows, columns }: Matrix): void {
  for (let i = offset; i < offset + rows * columns; i++) if (data[i] < 0) data[i] = 0;
}

/** Sets to 0 the gradient of what `rectify` set to 0. */
export function rectifyBackward(gradient: Matrix, { data, offset }: Matrix): void {
  for (let i = 0; i < gradient.rows * gradient.columns; i++)
    if (data[offset + i] === 0) gradient.data[gradient.offset + i] = 0;
}

/** x *= factors, element by element. */
export function dropOut({ data, offset, rows, columns }: Matrix, factors: Matrix): void {
  for (let i = 0; i < rows * columns; i++) data[offset + i] *= factors.data[factors.offset + i];
}
