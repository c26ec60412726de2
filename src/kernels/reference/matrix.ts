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

/** `length` zeros in an array of the same precision as `like`. */
export function zerosLike<A extends FloatArray>(like: A, length: number): A {
  return (like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)) as A;
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

/** The elements of a matrix, in the same memory. */
export function elementsOf<A extends FloatArray>({ data, offset, rows, columns }: Matrix<A>): A {
  return data.subarray(offset, offset + rows * columns) as A;
}

/** Writes the transpose of `source` [n, m] to `target` [m, n]. */
export function transpose(target: Matrix, source: Matrix): void {
  const { data: to, offset: start, columns: n } = target;
  const { data: from, offset, rows, columns } = source;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      to[start + column * n + row] = from[offset + row * columns + column];
}

/** Adds the transpose of `source` [n, m] to `target` [m, n]. */
export function addTransposed(target: Matrix, source: Matrix): void {
  const { data: to, offset: start, columns: n } = target;
  const { data: from, offset, rows, columns } = source;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      to[start + column * n + row] += from[offset + row * columns + column];
}

/** Fills every row of `target` [n, m] with the vector `row` [1, m]. */
export function fillRows(target: Matrix, row: Matrix): void {
  const { data, offset, rows, columns } = target;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[offset + i * columns + j] = row.data[row.offset + j];
}

/** Adds the sum of all rows of `source` [n, m] to the vector `target` [1, m]. */
export function addColumnSums(target: Matrix, source: Matrix): void {
  const { data, offset, rows, columns } = source;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      target.data[target.offset + j] += data[offset + i * columns + j];
}

/** Adds the vector `row` [1, m] to every row of `target` [n, m]. */
export function addBias(target: Matrix, row: Matrix): void {
  const { data, offset, rows, columns } = target;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) data[offset + i * columns + j] += row.data[row.offset + j];
}

/** A new matrix: the transpose. */
export function transposed<A extends FloatArray>(matrix: Matrix<A>): Matrix<A> {
  const result = zeroMatrix(matrix.data, matrix.columns, matrix.rows);
  transpose(result, matrix);
  return result;
}

/** x = max(0, x); NaN stays NaN, so that broken weights are noticed. */
export function rectify({ data, offset, rows, columns }: Matrix): void {
  for (let i = offset; i < offset + rows * columns; i++) if (data[i] < 0) data[i] = 0;
}
