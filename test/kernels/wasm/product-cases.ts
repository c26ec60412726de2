import { describe, expect, it } from 'vitest';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { expectClose } from '../reference/numeric.ts';
import { KernelLab, randoms } from './kernel-lab.ts';

/** Errors of sums of this many products in single precision. */
const CLOSE = { relative: 1e-5, absolute: 2e-5 };

/** a [n, k] * b [k, m] + init, in double precision. */
function naive(
  { n, k, m }: Sizes,
  a: (row: number, i: number) => number,
  b: (i: number, column: number) => number,
  init: (row: number, column: number) => number,
): Float64Array {
  const out = new Float64Array(n * m);
  for (let row = 0; row < n; row++)
    for (let column = 0; column < m; column++) {
      let sum = init(row, column);
      for (let i = 0; i < k; i++) sum += a(row, i) * b(i, column);
      out[row * m + column] = sum;
    }
  return out;
}

interface Sizes {
  readonly n: number;
  readonly k: number;
  readonly m: number;
}

const SIZES: Sizes[] = [
  { n: 1, k: 1, m: 8 },
  { n: 1, k: 96, m: 256 },
  { n: 1, k: 7, m: 56 },
  { n: 2, k: 5, m: 24 },
  { n: 3, k: 13, m: 40 },
  { n: 4, k: 8, m: 8 },
  { n: 5, k: 3, m: 16 },
  { n: 67, k: 31, m: 72 },
  { n: 130, k: 64, m: 48 },
  { n: 8, k: 129, m: 32 },
];

export function describeProduct(build: WasmBuild): void {
  describe(`the matrix product, ${build} build`, () => {
    it.each(SIZES)('adds a product to a matrix in place: $n x $k x $m', (sizes) => {
      const { n, k, m } = sizes;
      const lab = new KernelLab(build);
      const [a, b, c] = [randoms(n * k), randoms(k * m), randoms(n * m)];
      const [out, panels] = [lab.put(c), lab.room(k * m)];
      lab.kernels.packPanels(panels, lab.put(b), 4 * m, k, m, 0);
      lab.kernels.product(out, 4 * m, out, 4 * m, lab.put(a), 4 * k, 4, panels, n, k, m);
      const expected = naive(
        sizes,
        (row, i) => a[row * k + i],
        (i, column) => b[i * m + column],
        (row, column) => c[row * m + column],
      );
      expectClose(lab.get(out, n * m), expected, CLOSE);
    });

    it.each(SIZES)('starts from one row, a bias, for all: $n x $k x $m', (sizes) => {
      const { n, k, m } = sizes;
      const lab = new KernelLab(build);
      const [a, b, bias] = [randoms(n * k), randoms(k * m), randoms(m)];
      const [out, panels] = [lab.room(n * m), lab.room(k * m)];
      lab.kernels.packPanels(panels, lab.put(b), 4 * m, k, m, 0);
      lab.kernels.product(out, 4 * m, lab.put(bias), 0, lab.put(a), 4 * k, 4, panels, n, k, m);
      const expected = naive(
        sizes,
        (row, i) => a[row * k + i],
        (i, column) => b[i * m + column],
        (_, column) => bias[column],
      );
      expectClose(lab.get(out, n * m), expected, CLOSE);
    });

    it.each(SIZES)('takes the left side transposed: $n x $k x $m', (sizes) => {
      const { n, k, m } = sizes;
      const lab = new KernelLab(build);
      const [a, b, c] = [randoms(k * n), randoms(k * m), randoms(n * m)];
      const [out, panels] = [lab.put(c), lab.room(k * m)];
      lab.kernels.packPanels(panels, lab.put(b), 4 * m, k, m, 0);
      lab.kernels.product(out, 4 * m, out, 4 * m, lab.put(a), 4, 4 * n, panels, n, k, m);
      const expected = naive(
        sizes,
        (row, i) => a[i * n + row],
        (i, column) => b[i * m + column],
        (row, column) => c[row * m + column],
      );
      expectClose(lab.get(out, n * m), expected, CLOSE);
    });

    it.each(SIZES)('takes the right side transposed: $n x $k x $m', (sizes) => {
      const { n, k, m } = sizes;
      const lab = new KernelLab(build);
      const [a, b] = [randoms(n * k), randoms(m * k)];
      const [out, panels, zeros] = [lab.room(n * m), lab.room(k * m), lab.room(m)];
      lab.kernels.packTurnedPanels(panels, lab.put(b), 4 * k, k, m);
      lab.kernels.product(out, 4 * m, zeros, 0, lab.put(a), 4 * k, 4, panels, n, k, m);
      const expected = naive(
        sizes,
        (row, i) => a[row * k + i],
        (i, column) => b[column * k + i],
        () => 0,
      );
      expectClose(lab.get(out, n * m), expected, CLOSE);
    });

    it('writes nothing outside its result, and computes the same bits for a row alone as for a row among many', () => {
      const [n, k, m] = [7, 9, 24];
      const lab = new KernelLab(build);
      const [a, b] = [randoms(n * k), randoms(k * m)];
      const [panels, zeros, left] = [lab.room(k * m), lab.room(m), lab.put(a)];
      const wide = m + 8;
      const out = lab.put(new Float32Array((n + 1) * wide).fill(5));
      lab.kernels.packPanels(panels, lab.put(b), 4 * m, k, m, 0);
      lab.kernels.product(out, 4 * wide, zeros, 0, left, 4 * k, 4, panels, n, k, m);
      const found = lab.get(out, (n + 1) * wide);
      found.forEach((value, i) => {
        if (i % wide >= m || i >= n * wide) expect(value).toBe(5);
      });
      const one = lab.room(m);
      for (let row = 0; row < n; row++) {
        lab.kernels.product(one, 4 * m, zeros, 0, left + 4 * k * row, 4 * k, 4, panels, 1, k, m);
        expect(lab.get(one, m)).toEqual(found.slice(row * wide, row * wide + m));
      }
    });

    it('adds column sums while it packs', () => {
      const [k, m] = [11, 24];
      const lab = new KernelLab(build);
      const [b, start] = [randoms(k * m), randoms(m)];
      const sums = lab.put(start);
      lab.kernels.packPanels(lab.room(k * m), lab.put(b), 4 * m, k, m, sums);
      const expected = start.map((value, column) => {
        let sum = value;
        for (let i = 0; i < k; i++) sum += b[i * m + column];
        return sum;
      });
      expectClose(lab.get(sums, m), expected, CLOSE);
    });
  });
}
