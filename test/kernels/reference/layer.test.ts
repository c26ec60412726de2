import { describe, expect, it } from 'vitest';
import { Layer } from '../../../src/kernels/reference/layer.ts';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import { Packer } from '../../../src/network/packing.ts';
import { sigmoid } from '../../../src/util/math.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose, numericGradient } from './numeric.ts';

const [INPUT, UNITS, WINDOW] = [3, 4, 5];
const DOUBLE = new Float64Array(0);
const rng = createRng(2);

function randomMatrix(rows: number, columns: number): Matrix<Float64Array> {
  const matrix = zeroMatrix(DOUBLE, rows, columns);
  return { ...matrix, data: matrix.data.map(() => rng.normal() * 0.7) };
}

const parametersOf = (gates: number, make: typeof randomMatrix) => ({
  inputWeights: make(gates * UNITS, INPUT),
  recurrentWeights: make(gates * UNITS, UNITS),
  inputBias: make(1, gates * UNITS),
  recurrentBias: make(1, gates * UNITS),
});

/** Windows of 2, 5, 3 and 1 steps. */
const LENGTHS = [2, 5, 3, 1];
const packing = new Packer().pack({
  batchSize: LENGTHS.length,
  windowLength: WINDOW,
  features: new Float32Array(0),
  actions: new Int32Array(0),
  timeBins: new Int32Array(0),
  values: new Float32Array(0),
  mask: Float32Array.from(LENGTHS.flatMap((n) => [0, 1, 2, 3, 4].map((t) => Number(t < n)))),
});

/** Row `row` of a matrix times a vector, plus the bias. */
function sumOf(
  weights: Matrix,
  { row, vector, bias }: { row: number; vector: readonly number[]; bias: Matrix },
): number {
  const start = row * weights.columns;
  return vector.reduce((sum, x, j) => sum + weights.data[start + j] * x, bias.data[row]);
}

/** One step written out unit by unit from the equations in PyTorch's documentation. */
function stepByHand(
  cell: 'lstm' | 'gru',
  parameters: ReturnType<typeof parametersOf>,
  { x, h, c }: Record<'x' | 'h' | 'c', readonly number[]>,
): { h: number[]; c: number[] } {
  const input = (gate: number, j: number): number =>
    sumOf(parameters.inputWeights, {
      row: gate * UNITS + j,
      vector: x,
      bias: parameters.inputBias,
    });
  const recurrent = (gate: number, j: number): number =>
    sumOf(parameters.recurrentWeights, {
      row: gate * UNITS + j,
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
  const parameters = parametersOf(gates, randomMatrix);
  const x = randomMatrix(packing.rows, INPUT);
  const layer = new Layer(cell, parameters);

  it('follows the equations, window by window', () => {
    const hidden = layer.forward(x, packing).data.slice();
    LENGTHS.forEach((length, b) => {
      let state = { h: Array<number>(UNITS).fill(0), c: Array<number>(UNITS).fill(0) };
      for (let t = 0; t < length; t++) {
        const row = packing.places.indexOf(b * WINDOW + t);
        const input = Array.from(x.data.subarray(row * INPUT, (row + 1) * INPUT));
        state = stepByHand(cell, parameters, { x: input, ...state });
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
      const { data } = layer.forward(x, packing);
      return direction.data.reduce((sum, factor, i) => sum + factor * data[i], 0);
    };
    const gradient = parametersOf(gates, (rows, columns) => zeroMatrix(DOUBLE, rows, columns));
    const dX = zeroMatrix(DOUBLE, packing.rows, INPUT);
    loss();
    layer.backward({ ...direction, data: direction.data.slice() }, gradient, dX);
    for (const name of Object.keys(gradient) as (keyof typeof gradient)[])
      expectClose(gradient[name].data, numericGradient(parameters[name].data, loss));
    expectClose(dX.data, numericGradient(x.data, loss));
  });

  it('refuses a second backward pass after one forward pass', () => {
    const gradient = parametersOf(gates, randomMatrix);
    layer.forward(x, packing);
    layer.backward(randomMatrix(packing.rows, UNITS), gradient, null);
    expect(() => layer.backward(randomMatrix(packing.rows, UNITS), gradient, null)).toThrow(
      RangeError,
    );
  });
});
