import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { transposed } from '../../../src/kernels/reference/matrix.ts';
import { addProduct, addTransposedProduct } from '../../../src/kernels/reference/product.ts';
import type { FloatArray } from '../../../src/util/math.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose } from './numeric.ts';

const rng = createRng(3);

/** Random numbers, a third of them zeros, somewhere inside a larger array of 9s. */
function randomMatrix(make: (n: number) => FloatArray, rows: number, columns: number): Matrix {
  const [before, after] = [rng.int(5), rng.int(5)];
  const data = make(before + rows * columns + after);
  data.fill(9);
  for (let i = 0; i < rows * columns; i++) data[before + i] = rng.next() < 0.3 ? 0 : rng.normal();
  return { data, offset: before, rows, columns };
}

const at = ({ data, offset, columns }: Matrix, row: number, column: number): number =>
  data[offset + row * columns + column];

/** The elements of a matrix. */
const elementsOf = ({ data, offset, rows, columns }: Matrix): FloatArray =>
  data.subarray(offset, offset + rows * columns);

/** By the definition: out[i][j] += sum over k of left(i, k) * right[k][j]. */
function expected(
  out: Matrix,
  left: (i: number, k: number) => number,
  right: Matrix,
): Float64Array {
  return Float64Array.from({ length: out.rows * out.columns }, (_, index) => {
    const [i, j] = [Math.floor(index / out.columns), index % out.columns];
    let sum = at(out, i, j);
    for (let k = 0; k < right.rows; k++) sum += left(i, k) * at(right, k, j);
    return sum;
  });
}

const SIZES = [1, 3, 4, 5, 8, 11].flatMap((n) =>
  [1, 2, 4, 6, 9, 17].map((k) => ({ n, k, m: 1 + ((n * k) % 7) })),
);

describe.each([
  ['double', (n: number) => new Float64Array(n), { relative: 1e-12, absolute: 1e-12 }],
  ['single', (n: number) => new Float32Array(n), { relative: 1e-5, absolute: 1e-5 }],
] as const)('products in %s precision', (_, make, tolerance) => {
  it.each(SIZES)('[$n, $k] x [$k, $m]', ({ n, k, m }) => {
    const [out, a, b] = [
      randomMatrix(make, n, m),
      randomMatrix(make, n, k),
      randomMatrix(make, k, m),
    ];
    const sum = expected(out, (i, l) => at(a, i, l), b);
    const around = [...out.data.slice(0, out.offset), ...out.data.slice(out.offset + n * m)];
    addProduct(out, a, b);
    expectClose(elementsOf(out), sum, tolerance);
    expect([...out.data.slice(0, out.offset), ...out.data.slice(out.offset + n * m)]).toEqual(
      around,
    );
  });

  it.each(SIZES)('transposed [$k, $n] x [$k, $m]', ({ n, k, m }) => {
    const [out, a, b] = [
      randomMatrix(make, n, m),
      randomMatrix(make, k, n),
      randomMatrix(make, k, m),
    ];
    const sum = expected(out, (i, l) => at(a, l, i), b);
    addTransposedProduct(out, a, b);
    expectClose(elementsOf(out), sum, tolerance);
  });
});

it('transposes a matrix', () => {
  const source = { data: Float64Array.of(0, 1, 2, 3, 4, 5, 6), offset: 1, rows: 2, columns: 3 };
  const { data, rows, columns } = transposed(source);
  expect([rows, columns, ...data]).toEqual([3, 2, 1, 4, 2, 5, 3, 6]);
});

it('refuses matrices whose sizes do not fit', () => {
  const matrix = (rows: number, columns: number): Matrix => ({
    data: new Float64Array(rows * columns),
    offset: 0,
    rows,
    columns,
  });
  expect(() => addProduct(matrix(2, 2), matrix(2, 3), matrix(2, 2))).toThrow(RangeError);
  expect(() => addProduct(matrix(2, 2), matrix(3, 3), matrix(3, 2))).toThrow(RangeError);
  expect(() => addTransposedProduct(matrix(2, 2), matrix(3, 2), matrix(2, 2))).toThrow(RangeError);
});
