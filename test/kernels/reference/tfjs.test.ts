import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import { recurrentBackward, recurrentForward } from '../../../src/kernels/reference/recurrent.ts';
import { packingOf } from '../../../src/network/packing.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose } from './numeric.ts';
import { recurrentMatrices, traceOf, zerosOf } from './recurrent-lab.ts';

const [WINDOWS, STEPS, INPUT, UNITS] = [3, 6, 5, 4];
const SIZE = { inputs: INPUT, units: UNITS, gates: 4 };
const SINGLE = new Float32Array(0);
const TOLERANCE = { relative: 1e-4, absolute: 1e-5 };
const rng = createRng(6);

function randomMatrix(rows: number, columns: number): Matrix<Float32Array> {
  const matrix = zeroMatrix(SINGLE, rows, columns);
  return { ...matrix, data: matrix.data.map(() => rng.normal() * 0.6) };
}

const tensorOf = ({ data, rows, columns }: Matrix<Float32Array>): tf.Tensor2D =>
  tf.tensor2d(data, [rows, columns]);

const weights = recurrentMatrices(randomMatrix, SIZE);
/** [B * T] rows, place b * T + t. */
const x = randomMatrix(WINDOWS * STEPS, INPUT);
/** The loss is the sum of the hidden states times this. */
const direction = randomMatrix(WINDOWS * STEPS, UNITS);

/** The results of tf.layers: hidden states by place, and gradients in Keras' shapes. */
function keras() {
  // Keras' gates are i, f, c, o, as ours, but it has one bias.
  const lstm = tf.layers.lstm({
    units: UNITS,
    returnSequences: true,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros',
  });
  const input = tf.tensor3d(x.data, [WINDOWS, STEPS, INPUT]);
  lstm.apply(input);
  const bias = weights.inputBias.data.map((b, i) => b + weights.recurrentBias.data[i]);
  lstm.setWeights([
    tensorOf(weights.inputWeights),
    tensorOf(weights.recurrentWeights),
    tf.tensor1d(bias),
  ]);
  const factors = tf.tensor3d(direction.data, [WINDOWS, STEPS, UNITS]);
  const hidden = lstm.apply(input) as tf.Tensor3D;
  const { grads } = tf.variableGrads(
    () => tf.sum(tf.mul(lstm.apply(input) as tf.Tensor3D, factors)) as tf.Scalar,
  );
  const gradient = (name: string): Float32Array => {
    const key = Object.keys(grads).find((other) => other.endsWith(`/${name}`));
    if (!key) throw new Error(`no ${name} among ${Object.keys(grads).join(', ')}`);
    return grads[key].dataSync<'float32'>();
  };
  return {
    hidden: hidden.dataSync<'float32'>(),
    kernel: gradient('kernel'),
    recurrentKernel: gradient('recurrent_kernel'),
    bias: gradient('bias'),
  };
}

describe('tf.layers.lstm', () => {
  let theirs: ReturnType<typeof keras>;
  const scope = tf.engine();
  beforeAll(async () => {
    // Else tfjs prints an advertisement for its Node package.
    tf.env().set('IS_TEST', true);
    await tf.setBackend('cpu');
    scope.startScope();
    theirs = keras();
  });
  afterAll(() => scope.endScope());

  const packing = packingOf({
    batchSize: WINDOWS,
    windowLength: STEPS,
    features: new Float32Array(0),
    actions: new Int32Array(0),
    timeBins: new Int32Array(0),
    values: new Float32Array(0),
    mask: new Float32Array(WINDOWS * STEPS).fill(1),
  });
  /** Rows by place, in the order of the packing. */
  const packed = (matrix: Matrix<Float32Array>): Matrix<Float32Array> => {
    const rows = zeroMatrix(SINGLE, matrix.rows, matrix.columns);
    for (let row = 0; row < matrix.rows; row++) {
      const start = packing.places[row] * matrix.columns;
      rows.data.set(matrix.data.subarray(start, start + matrix.columns), row * matrix.columns);
    }
    return rows;
  };
  const zeros = zerosOf(SINGLE);
  const forward = () => {
    const trace = traceOf(zeros, packing, SIZE);
    const run = { cell: 'lstm', packing, x: packed(x), weights, trace } as const;
    recurrentForward(run);
    return run;
  };

  it('has the same hidden states', () => {
    const { hidden } = forward().trace;
    const byPlace = new Float32Array(theirs.hidden.length);
    packing.places.forEach((place, row) =>
      byPlace.set(hidden.data.subarray(row * UNITS, (row + 1) * UNITS), place * UNITS),
    );
    expectClose(byPlace, theirs.hidden, TOLERANCE);
  });

  it('has the same gradients', () => {
    const gradient = recurrentMatrices(zeros, SIZE);
    const carry = zeros(WINDOWS, UNITS);
    recurrentBackward(forward(), { dHidden: packed(direction), gradient, carry, dX: null });
    expectClose(gradient.inputWeights.data, theirs.kernel, TOLERANCE);
    expectClose(gradient.recurrentWeights.data, theirs.recurrentKernel, TOLERANCE);
    expectClose(gradient.inputBias.data, theirs.bias, TOLERANCE);
    expect(gradient.recurrentBias.data).toEqual(gradient.inputBias.data);
  });
});
