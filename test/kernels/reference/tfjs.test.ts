import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Layer } from '../../../src/kernels/reference/layer.ts';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { transpose, zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import { Packer } from '../../../src/kernels/common/packing.ts';
import { createRng } from '../../../src/util/rng.ts';
import { expectClose } from './numeric.ts';

const [WINDOWS, STEPS, INPUT, UNITS] = [3, 6, 5, 4];
const GATES = 4 * UNITS;
const SINGLE = new Float32Array(0);
const TOLERANCE = { relative: 1e-4, absolute: 1e-5 };
const rng = createRng(6);

function randomMatrix(rows: number, columns: number): Matrix<Float32Array> {
  const matrix = zeroMatrix(SINGLE, rows, columns);
  return { ...matrix, data: matrix.data.map(() => rng.normal() * 0.6) };
}

function transposed(matrix: Matrix<Float32Array>): Matrix<Float32Array> {
  const result = zeroMatrix(SINGLE, matrix.columns, matrix.rows);
  transpose(result, matrix);
  return result;
}

const tensorOf = ({ data, rows, columns }: Matrix<Float32Array>): tf.Tensor2D =>
  tf.tensor2d(data, [rows, columns]);

const parameters = {
  inputWeights: randomMatrix(GATES, INPUT),
  recurrentWeights: randomMatrix(GATES, UNITS),
  inputBias: randomMatrix(1, GATES),
  recurrentBias: randomMatrix(1, GATES),
};
/** [B * T] rows, place b * T + t. */
const x = randomMatrix(WINDOWS * STEPS, INPUT);
/** The loss is the sum of the hidden states times this. */
const direction = randomMatrix(WINDOWS * STEPS, UNITS);

/** The results of tf.layers: hidden states by place, and gradients in Keras' shapes. */
function keras() {
  // Keras' gates are i, f, c, o, as ours; its matrices are transposed and it has one bias.
  const lstm = tf.layers.lstm({
    units: UNITS,
    returnSequences: true,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros',
  });
  const input = tf.tensor3d(x.data, [WINDOWS, STEPS, INPUT]);
  lstm.apply(input);
  const bias = parameters.inputBias.data.map((b, i) => b + parameters.recurrentBias.data[i]);
  lstm.setWeights([
    tensorOf(transposed(parameters.inputWeights)),
    tensorOf(transposed(parameters.recurrentWeights)),
    tf.tensor1d(bias),
  ]);
  const weights = tf.tensor3d(direction.data, [WINDOWS, STEPS, UNITS]);
  const hidden = lstm.apply(input) as tf.Tensor3D;
  const { grads } = tf.variableGrads(
    () => tf.sum(tf.mul(lstm.apply(input) as tf.Tensor3D, weights)) as tf.Scalar,
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

  const packing = new Packer().pack({
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
  const layer = new Layer('lstm', parameters);

  it('has the same hidden states', () => {
    const hidden = layer.forward(packed(x), packing);
    const byPlace = new Float32Array(theirs.hidden.length);
    packing.places.forEach((place, row) =>
      byPlace.set(hidden.data.subarray(row * UNITS, (row + 1) * UNITS), place * UNITS),
    );
    expectClose(byPlace, theirs.hidden, TOLERANCE);
  });

  it('has the same gradients', () => {
    const gradient = {
      inputWeights: zeroMatrix(SINGLE, GATES, INPUT),
      recurrentWeights: zeroMatrix(SINGLE, GATES, UNITS),
      inputBias: zeroMatrix(SINGLE, 1, GATES),
      recurrentBias: zeroMatrix(SINGLE, 1, GATES),
    };
    layer.forward(packed(x), packing);
    layer.backward(packed(direction), gradient, null);
    expectClose(transposed(gradient.inputWeights).data, theirs.kernel, TOLERANCE);
    expectClose(transposed(gradient.recurrentWeights).data, theirs.recurrentKernel, TOLERANCE);
    expectClose(gradient.inputBias.data, theirs.bias, TOLERANCE);
    expect(gradient.recurrentBias.data).toEqual(gradient.inputBias.data);
  });
});
