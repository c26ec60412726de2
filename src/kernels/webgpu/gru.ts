import * as tf from '@tensorflow/tfjs-core';

/**
 * GRU over all steps, equations and gate order (r, z, n) of torch.nn.GRU: the reset gate acts after
 * the recurrent product.
 *
 * @param projected T tensors [B, 3H]: the step's input times the input weights, plus the input bias
 * @param recurrentWeights [3H, H]
 * @param recurrentBias [3H]
 * @returns T hidden states [B, H]
 */
export function gru(
  projected: readonly tf.Tensor2D[],
  recurrentWeights: tf.Tensor2D,
  recurrentBias: tf.Tensor1D,
): tf.Tensor2D[] {
  let hidden = tf.zeros([projected[0].shape[0], recurrentWeights.shape[1]]) as tf.Tensor2D;
  return projected.map((input) => {
    const recurrent = tf.add(tf.matMul(hidden, recurrentWeights, false, true), recurrentBias);
    const [inputR, inputZ, inputN] = tf.split(input, 3, 1) as tf.Tensor2D[];
    const [hiddenR, hiddenZ, hiddenN] = tf.split(recurrent, 3, 1) as tf.Tensor2D[];
    const r = tf.sigmoid(tf.add(inputR, hiddenR));
    const z = tf.sigmoid(tf.add(inputZ, hiddenZ));
    const n = tf.tanh(tf.add(inputN, tf.mul(r, hiddenN)));
    hidden = tf.add(n, tf.mul(z, tf.sub(hidden, n)));
    return hidden;
  });
}
