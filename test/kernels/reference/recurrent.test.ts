import { describe, it } from 'vitest';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import { recurrentBackward, recurrentForward } from '../../../src/kernels/reference/recurrent.ts';
import type { RecurrentWeights } from '../../../src/kernels/reference/recurrent.ts';
import { packingOf } from '../../../src/network/packing.ts';
import { sigmoid } from '../../../src/util/math.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose, numericGradient } from './numeric.ts';
import { recurrentMatrices, traceOf, zerosOf } from './recurrent-lab.ts';

const [INPUT, UNITS, WINDOW] = [3, 4, 5];
const DOUBLE = new Float64Array(0);
const rng = createRng(2);

function randomMatrix(rows: number, columns: number): Matrix<Float64Array> {
  const matrix = zeroMatrix(DOUBLE, rows, columns);
  return { ...matrix, data: matrix.data.map(() => rng.normal() * 0.7) };
}

const zeros = zerosOf(DOUBLE);

/** Windows of 2, 5, 3 and 1 steps. */
const LENGTHS = [2, 5, 3, 1];
const packing = packingOf({
  batchSize: LENGTHS.length,
  windowLength: WINDOW,
  features: new Float32Array(0),
  actions: new Int32Array(0),
  timeBins: new Int32Array(0),
  values: new Float32Array(0),
  mask: Float32Array.from(LENGTHS.flatMap((n) => [0, 1, 2, 3, 4].map((t) => Number(t < n)))),
});

/** A vector times column `column` of a matrix, plus the bias. */
function sumOf(
  weights: Matrix,
  { column, vector, bias }: { column: number; vector: readonly number[]; bias: Matrix },
): number {
  return vector.reduce(
    (sum, x, i) => sum + weights.data[i * weights.columns + column] * x,
    bias.data[column],
  );
}

/** One step written out unit by unit from the equations in PyTorch's documentation. */
function stepByHand(
  cell: 'lstm' | 'gru',
  parameters: RecurrentWeights,
  { x, h, c }: Record<'x' | 'h' | 'c', readonly number[]>,
): { h: number[]; c: number[] } {
  const input = (gate: number, j: number): number =>
    sumOf(parameters.inputWeights, {
      column: gate * UNITS + j,
      vector: x,
      bias: parameters.inputBias,
    });
  const recurrent = (gate: number, j: number): number =>
    sumOf(parameters.recurrentWeights, {
      column: gate * UNITS + j,
      vector: h,
      bias: parameters.recurrentBias,
    });
  const units = Array.from({ length: UNITS }, (_, j) => {
    if (cell === 'lstm') {
      const [i, f, o] = [0, 1, 3].map((gate) => sigmoid(input(gate, j) + recurrent(gate, j)));
      const g = Math.tanh(input(2, j) + recurrent(2, j));
      const state = f * c[j] + i * g;
      return { h: o * Math.tanh(state), c: state };
    }
    const [r, z] = [0, 1].map((gate) => sigmoid(input(gate, j) + recurrent(gate, j)));
    const n = Math.tanh(input(2, j) + r * recurrent(2, j));
    return { h: (1 - z) * n + z * h[j], c: 0 };
  });
  return { h: units.map((unit) => unit.h), c: units.map((unit) => unit.c) };
}

describe.each([
  ['lstm', 4],
  ['gru', 3],
] as const)('%s layer', (cell, gates) => {
  const size = { inputs: INPUT, units: UNITS, gates };
  const weights = recurrentMatrices(randomMatrix, size);
  const x = randomMatrix(packing.rows, INPUT);
  const forward = () => {
    const run = { cell, packing, x, weights, trace: traceOf(zeros, packing, size) };
    recurrentForward(run);
    return run;
  };

  it('follows the equations, window by window', () => {
    const { data: hidden } = forward().trace.hidden;
    LENGTHS.forEach((length, b) => {
      let state = { h: Array<number>(UNITS).fill(0), c: Array<number>(UNITS).fill(0) };
      for (let t = 0; t < length; t++) {
        const row = packing.places.indexOf(b * WINDOW + t);
        const input = Array.from(x.data.subarray(row * INPUT, (row + 1) * INPUT));
        state = stepByHand(cell, weights, { x: input, ...state });
        expectClose(hidden.slice(row * UNITS, (row + 1) * UNITS), state.h, {
          relative: 1e-12,
          absolute: 1e-12,
        });
      }
    });
  });

  it('has the gradients of finite differences, in every matrix and in its input', () => {
    const direction = randomMatrix(packing.rows, UNITS);
    const loss = (): number => {
      const { data } = forward().trace.hidden;
      return direction.data.reduce((sum, factor, i) => sum + factor * data[i], 0);
    };
    const gradient = recurrentMatrices(zeros, size);
    const dX = zeros(packing.rows, INPUT);
    const dHidden = { ...direction, data: direction.data.slice() };
    recurrentBackward(forward(), { dHidden, dX, gradient, carry: zeros(LENGTHS.length, UNITS) });
    for (const name of Object.keys(gradient) as (keyof typeof gradient)[])
      expectClose(gradient[name].data, numericGradient(weights[name].data, loss));
    expectClose(dX.data, numericGradient(x.data, loss));
  });
});
