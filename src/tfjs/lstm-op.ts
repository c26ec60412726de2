import * as tf from '@tensorflow/tfjs';
import { lstmLayer } from '../kernels/webgpu/lstm-layer.ts';

/** Weights of an LSTM, in the shapes and gate order (i, f, c, o) of tf.layers.lstm. */
export interface LstmWeights {
  /** [I, 4H]. */
  readonly kernel: tf.Tensor2D;
  /** [H, 4H]. */
  readonly recurrentKernel: tf.Tensor2D;
  /** [4H]; zeros when left out. */
  readonly bias?: tf.Tensor1D;
}

/**
 * An LSTM over whole sequences from zero states, with sigmoid gates: fused programs on the webgpu
 * backend, ordinary operations on others. Differentiable once in `x` and every weight. The caller
 * disposes the result.
 *
 * @param x [batch, time, I]
 * @returns [batch, time, H] hidden states
 */
export function lstm(x: tf.Tensor3D, weights: LstmWeights): tf.Tensor3D {
  return tf.tidy(() => {
    const steps = tf.transpose(x, [1, 0, 2]) as tf.Tensor3D;
    const hidden = tf.getBackend() === 'webgpu' ? fused(steps, weights) : stepwise(steps, weights);
    return tf.transpose(hidden, [1, 0, 2]) as tf.Tensor3D;
  });
}

/** [T, B, I] to [T, B, H]. */
function fused(x: tf.Tensor3D, { kernel, recurrentKernel, bias }: LstmWeights): tf.Tensor3D {
  return lstmLayer({
    x,
    inputWeights: kernel,
    recurrentWeights: recurrentKernel,
    bias: bias ?? (tf.zeros([kernel.shape[1]]) as tf.Tensor1D),
  });
}

/** The same as `fused`, with a few operations for each step. */
function stepwise(x: tf.Tensor3D, { kernel, recurrentKernel, bias }: LstmWeights): tf.Tensor3D {
  const [steps, windows, width] = x.shape;
  const gates = kernel.shape[1];
  const product = tf.matMul(tf.reshape(x, [steps * windows, width]) as tf.Tensor2D, kernel);
  const projected = bias ? tf.add(product, bias) : product;
  // tfjs has no gradient for splitting into a single tensor.
  const inputs = steps === 1 ? [projected] : tf.split(projected, steps, 0);
  let hidden = tf.zeros([windows, gates / 4]) as tf.Tensor2D;
  let cell: tf.Tensor = hidden;
  const all = inputs.map((input) => {
    const sums = tf.add(input, tf.matMul(hidden, recurrentKernel));
    const [i, f, c, o] = tf.split(sums, 4, 1);
    cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(c)));
    hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell)) as tf.Tensor2D;
    return hidden;
  });
  return tf.stack(all) as tf.Tensor3D;
}
