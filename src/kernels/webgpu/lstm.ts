import * as tf from '@tensorflow/tfjs-core';

/**
 * LSTM over all steps, equations and gate order (i, f, g, o) of torch.nn.LSTM.
 *
 * @param projected T tensors [B, 4H]: the step's input times the input weights, plus both biases
 * @param recurrentWeights [4H, H]
 * @returns T hidden states [B, H]
 */
export function lstm(
  projected: readonly tf.Tensor2D[],
  recurrentWeights: tf.Tensor2D,
): tf.Tensor2D[] {
  let hidden = tf.zeros([projected[0].shape[0], recurrentWeights.shape[1]]) as tf.Tensor2D;
  let cell = hidden;
  return projected.map((input) => {
    const gates = tf.add(input, tf.matMul(hidden, recurrentWeights, false, true));
    const [i, f, g, o] = tf.split(gates, 4, 1) as tf.Tensor2D[];
    cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell));
    return hidden;
  });
}
