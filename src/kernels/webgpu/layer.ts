import * as tf from '@tensorflow/tfjs-core';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';

/** Matrices of one recurrent layer; G is 4H for LSTM and 3H for GRU. */
export interface LayerParameters {
  /** [G, I]. */
  readonly inputWeights: tf.Tensor2D;
  /** [G, H]. */
  readonly recurrentWeights: tf.Tensor2D;
  /** [G]. */
  readonly inputBias: tf.Tensor1D;
  /** [G]. */
  readonly recurrentBias: tf.Tensor1D;
}

/**
 * Runs one recurrent layer over all steps of a batch, from zero states.
 *
 * @param x [B, T, I]
 * @returns [B, T, H] hidden states; differentiable in `x` and every matrix
 */
export function recurrentLayer(
  x: tf.Tensor3D,
  parameters: LayerParameters,
  cell: 'lstm' | 'gru',
): tf.Tensor3D {
  return tf.tidy(() => {
    const [batchSize, windowLength, width] = x.shape;
    const { inputWeights, recurrentWeights, inputBias, recurrentBias } = parameters;
    // The LSTM only ever adds its two biases; the GRU's reset gate acts on the recurrent one.
    const bias = cell === 'lstm' ? tf.add(inputBias, recurrentBias) : inputBias;
    const rows = tf.reshape(x, [batchSize * windowLength, width]) as tf.Tensor2D;
    const projected = tf.add(tf.matMul(rows, inputWeights, false, true), bias) as tf.Tensor2D;
    const steps = unstackSteps(projected, windowLength);
    const hidden =
      cell === 'lstm' ? lstm(steps, recurrentWeights) : gru(steps, recurrentWeights, recurrentBias);
    return tf.stack(hidden, 1) as tf.Tensor3D;
  });
}

/** [B * T, G], index b * T + t, to T tensors [B, G]. */
function unstackSteps(rows: tf.Tensor2D, windowLength: number): tf.Tensor2D[] {
  // tfjs has no gradient for taking a single tensor from a stack.
  if (windowLength === 1) return [rows];
  const [count, columns] = rows.shape;
  const stack = tf.reshape(rows, [count / windowLength, windowLength, columns]);
  return tf.unstack(stack, 1) as tf.Tensor2D[];
}
