import { describe, expect, it } from 'vitest';
import { softmaxCrossEntropy, squaredError } from '../../../src/kernels/reference/losses.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { expectClose } from '../reference/numeric.ts';
import { KernelLab, randoms } from './kernel-lab.ts';

const CLOSE = { relative: 1e-5, absolute: 1e-6 };
const [ROWS, STRIDE, COLUMN] = [6, 32, 3];
const MASK = Float32Array.of(1, 0, 1, 0.5, 1, 1);
const SCALE = 0.25;

/** The columns of one head, without those of the others. */
const head = (joined: Float32Array, size: number): Float64Array =>
  Float64Array.from({ length: ROWS * size }, (_, i) => {
    const row = Math.floor(i / size);
    return joined[row * STRIDE + COLUMN + (i % size)];
  });

/** The columns of the other heads. */
const others = (joined: Float32Array, size: number): Float32Array =>
  joined.filter((_, i) => i % STRIDE < COLUMN || i % STRIDE >= COLUMN + size);

export function describeLosses(build: WasmBuild): void {
  describe(`losses, ${build} build`, () => {
    it.each([1, 2, 4, 7, 16, 25])('softmax cross-entropy of %s classes', (size) => {
      const lab = new KernelLab(build);
      const joined = randoms(ROWS * STRIDE, 3);
      const targets = Int32Array.from(MASK, (_, i) => (i * 5) % size);
      const data = head(joined, size);
      const expected = softmaxCrossEntropy(
        { data, offset: 0, rows: ROWS, columns: size },
        { targets, mask: MASK, scale: SCALE },
      );
      const [logits, result] = [lab.put(joined), lab.room(4)];
      const [of, mask] = [lab.put(targets), lab.put(MASK)];
      const sizes = [4 * STRIDE, size, ROWS];
      // prettier-ignore
      lab.kernels.softmaxCrossEntropy(logits + 4 * COLUMN, ...sizes, of, mask, SCALE, result);
      const [loss, correct] = lab.getDoubles(result, 2);
      expect(loss).toBeCloseTo(expected.loss, 5);
      expect(correct).toBe(expected.correct);
      const found = lab.get(logits, joined.length);
      if (size > 1) expectClose(head(found, size), data, CLOSE);
      else expect(Math.max(...head(found, size).map(Math.abs))).toBeLessThan(1e-6);
      expect(others(found, size)).toEqual(others(joined, size));
    });

    it.each([2, 4, 7, 25])('soft cross-entropy of %s classes', (size) => {
      const lab = new KernelLab(build);
      const joined = randoms(ROWS * STRIDE, 3);
      const targets = Int32Array.from(MASK, (_, i) => (i * 5) % size);
      const soft = randoms(ROWS * size).map((value) => Math.abs(value));
      for (let place = 0; place < ROWS; place++) {
        const row = soft.subarray(place * size, (place + 1) * size);
        const sum = row.reduce((all, share) => all + share, 0);
        row.forEach((share, i) => (row[i] = share / sum));
      }
      const data = head(joined, size);
      const expected = softmaxCrossEntropy(
        { data, offset: 0, rows: ROWS, columns: size },
        { targets, mask: MASK, scale: SCALE, soft },
      );
      const [logits, result, shares] = [lab.put(joined), lab.room(4), lab.put(soft)];
      const [of, mask] = [lab.put(targets), lab.put(MASK)];
      const sizes = [4 * STRIDE, size, ROWS];
      // prettier-ignore
      lab.kernels.softmaxCrossEntropy(logits + 4 * COLUMN, ...sizes, of, mask, SCALE, result, shares);
      const [loss, correct] = lab.getDoubles(result, 2);
      expect(loss).toBeCloseTo(expected.loss, 5);
      expect(correct).toBe(expected.correct);
      const found = lab.get(logits, joined.length);
      expectClose(head(found, size), data, { relative: 1e-4, absolute: 1e-6 });
      expect(others(found, size)).toEqual(others(joined, size));
    });

    it('counts the first of equal logits as the greatest, and turns NaN into NaN', () => {
      const lab = new KernelLab(build);
      const run = (logits: Float32Array): { values: Float32Array; sums: Float64Array } => {
        const [at, result, zero] = [lab.put(logits), lab.room(4), lab.put(Int32Array.of(0))];
        const one = lab.put(Float32Array.of(1));
        lab.kernels.softmaxCrossEntropy(at, 16, 3, 1, zero, one, 1, result);
        return { values: lab.get(at, 4), sums: lab.getDoubles(result, 2) };
      };
      expect(run(Float32Array.of(2, 2, 2, 9)).sums[1]).toBe(1);
      expect(run(Float32Array.of(2, 2, 2, 9)).values[3]).toBe(9);
      const { sums, values } = run(Float32Array.of(2, NaN, 2, 9));
      expect(sums[0]).toBeNaN();
      expect(values[0]).toBeNaN();
      expect(run(Float32Array.of(-500, 500, 0, 0)).sums[0]).toBeCloseTo(1000, 3);
    });

    it.each([1, 2, 5])('squared error of %s values, some of them unknown', (size) => {
      const lab = new KernelLab(build);
      const joined = randoms(ROWS * STRIDE, 3);
      const targets = randoms(ROWS * size);
      targets[size * 2] = NaN;
      const data = head(joined, size);
      const expected = squaredError(
        { data, offset: 0, rows: ROWS, columns: size },
        { targets, mask: MASK, scale: SCALE },
      );
      const [outputs, result] = [lab.put(joined), lab.room(4)];
      const [of, mask] = [lab.put(targets), lab.put(MASK)];
      const sizes = [4 * STRIDE, size, ROWS];
      // prettier-ignore
      lab.kernels.squaredError(outputs + 4 * COLUMN, ...sizes, of, mask, SCALE, result);
      expect(lab.getDoubles(result, 1)[0]).toBeCloseTo(expected.loss, 4);
      const found = lab.get(outputs, joined.length);
      expectClose(head(found, size), data, CLOSE);
      expect(others(found, size)).toEqual(others(joined, size));
    });
  });
}
