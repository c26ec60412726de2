import { describe, expect, it } from 'vitest';
import { embed, embedBackward } from '../../../src/kernels/reference/embed.ts';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import { softmaxCrossEntropy, squaredError } from '../../../src/kernels/reference/losses.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose, numericGradient } from './numeric.ts';

const DOUBLE = new Float64Array(0);
const rng = createRng(11);

function randomMatrix(rows: number, columns: number): Matrix<Float64Array> {
  const matrix = zeroMatrix(DOUBLE, rows, columns);
  return { ...matrix, data: matrix.data.map(() => rng.normal()) };
}

const copyOf = (matrix: Matrix<Float64Array>): Matrix<Float64Array> => ({
  ...matrix,
  data: matrix.data.slice(),
});

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

describe('embed', () => {
  const tables = [randomMatrix(3, 2), randomMatrix(4, 1)];
  const blocks = (of: readonly Matrix[]) => [
    { offset: 1, categories: 3, column: 1, units: 2, table: of[0] },
    { offset: 5, categories: 4, column: 4, units: 1, table: of[1] },
  ];
  it('replaces one-hot blocks by rows of their tables and passes the rest through', () => {
    const out = zeroMatrix(DOUBLE, 1, 6);
    const features = {
      ...zeroMatrix(DOUBLE, 1, 10),
      data: Float64Array.of(7, 0, 0, 1, 8, 0, 1, 0, 0, 9),
    };
    embed(out, features, blocks(tables));
    const [first, second] = tables.map(({ data }) => data);
    expect([...out.data]).toEqual([7, first[4], first[5], 8, second[1], 9]);
  });

  it('has the gradient of finite differences for any features', () => {
    const features = randomMatrix(3, 10);
    const dOut = randomMatrix(3, 6);
    const gradients = tables.map(({ rows, columns }) => zeroMatrix(DOUBLE, rows, columns));
    embedBackward(dOut, features, blocks(gradients));
    const loss = (): number => {
      const out = zeroMatrix(DOUBLE, 3, 6);
      embed(out, features, blocks(tables));
      return dot(out.data, dOut.data);
    };
    gradients.forEach(({ data }, i) => expectClose(data, numericGradient(tables[i].data, loss)));
  });
});

const MASK = Float64Array.of(1, 1, 0, 0.5);

describe('softmaxCrossEntropy', () => {
  const targets = Int32Array.of(0, 1, 2, 2);

  it('is -log of the softmax at the target, weighted by the mask, and counts correct targets', () => {
    const logits = { ...zeroMatrix(DOUBLE, 4, 3), data: new Float64Array(12) };
    logits.data.set([2, 1, 0], 0);
    logits.data.set([0, 0, 0], 3);
    logits.data.set([9, 9, 9], 6);
    logits.data.set([-1, -1, 3], 9);
    const result = softmaxCrossEntropy(logits, { targets, mask: MASK, scale: 1 });
    const sum = (...values: number[]): number => values.reduce((all, x) => all + Math.exp(x), 0);
    expect(result.loss).toBeCloseTo(
      Math.log(sum(2, 1, 0)) - 2 + Math.log(3) + 0.5 * (Math.log(sum(-1, -1, 3)) - 3),
      12,
    );
    // The second row's logits are all equal: the first class counts, not the target.
    expect(result.correct).toBe(1.5);
  });

  it('overwrites the logits with the gradient', () => {
    const logits = randomMatrix(4, 3);
    const head = { targets, mask: MASK, scale: 0.7 };
    const loss = (): number => 0.7 * softmaxCrossEntropy(copyOf(logits), head).loss;
    const gradient = copyOf(logits);
    softmaxCrossEntropy(gradient, head);
    expectClose(gradient.data, numericGradient(logits.data, loss));
  });

  const distributions = Float64Array.from(
    { length: 12 },
    (_, i) => [0.2, 0.7, 0.1, 0.5, 0.5, 0][i % 6],
  );

  it('learns a distribution in place of the target, which still decides what counts as correct', () => {
    const logits = randomMatrix(4, 3);
    const head = { targets, mask: MASK, scale: 0.7, soft: distributions };
    const loss = (): number => 0.7 * softmaxCrossEntropy(copyOf(logits), head).loss;
    const gradient = copyOf(logits);
    const { correct } = softmaxCrossEntropy(gradient, head);
    expectClose(gradient.data, numericGradient(logits.data, loss));
    const hard = softmaxCrossEntropy(copyOf(logits), { ...head, soft: undefined });
    expect(correct).toBe(hard.correct);
    const onehot = distributions.map((_, i) => (i % 3 === targets[Math.floor(i / 3)] ? 1 : 0));
    const same = softmaxCrossEntropy(copyOf(logits), { ...head, soft: onehot });
    expect(same.loss).toBeCloseTo(hard.loss, 12);
  });

  it('stays finite for huge logits', () => {
    const logits = {
      ...zeroMatrix(DOUBLE, 4, 3),
      data: Float64Array.from({ length: 12 }, (_, i) => 1e4 * (i % 3)),
    };
    const head = { targets, mask: MASK, scale: 1 };
    expect(softmaxCrossEntropy(logits, head).loss).toBeCloseTo(2e4 + 1e4, 5);
    expect(logits.data.every(Number.isFinite)).toBe(true);
  });
});

describe('squaredError', () => {
  const targets = Float64Array.from({ length: 8 }, (_, i) => (i % 5 === 0 ? NaN : i / 4));

  it('sums squared deviations from known targets', () => {
    const outputs = { ...zeroMatrix(DOUBLE, 4, 2), data: new Float64Array(8) };
    const { loss } = squaredError(outputs, { targets, mask: MASK, scale: 1 });
    // The rows with a target hold (NaN, 1/4), (2/4, 3/4) and, at half the weight, (6/4, 7/4).
    expect(loss).toBeCloseTo((1 + 4 + 9 + 0.5 * (36 + 49)) / 16, 12);
  });

  it('overwrites the outputs with the gradient', () => {
    const outputs = randomMatrix(4, 2);
    const head = { targets, mask: MASK, scale: 0.3 };
    const loss = (): number => 0.3 * squaredError(copyOf(outputs), head).loss;
    const gradient = copyOf(outputs);
    squaredError(gradient, head);
    expectClose(gradient.data, numericGradient(outputs.data, loss));
  });
});
