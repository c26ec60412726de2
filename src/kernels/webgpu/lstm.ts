import * as tf from '@tensorflow/tfjs-core';
import type { LayerParameters } from './layer.ts';

/**
 * LSTM over all steps, equations and gate order (i, f, g, o) of torch.nn.LSTM.
 *
 * @param projected T tensors [B, 4H]: the step's input times the input weights, plus the input bias
 * @returns T hidden states [B, H]
 */
export function lstm(
  projected: readonly tf.Tensor2D[],
  parameters: LayerParameters,
): tf.Tensor2D[] {
  const { recurrentWeights, recurrentBias } = parameters;
  const units = recurrentWeights.shape[1];
  let hidden = tf.zeros([projected[0].shape[0], units]) as tf.Tensor2D;
  let cell = hidden;
  return projected.map((input) => {
    const gates = tf.add(
      input,
      tf.add(tf.matMul(hidden, recurrentWeights, false, true), recurrentBias),
    );
    const [i, f, g, o] = tf.split(gates, 4, 1) as tf.Tensor2D[];
    cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
    return hidden;
  });
}
