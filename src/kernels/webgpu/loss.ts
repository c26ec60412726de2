import * as tf from '@tensorflow/tfjs-core';

/**
 * Cross-entropy in nats, summed over the targets.
 *
 * @param logits [R, classes]
 * @param targets [R, classes] the row's weight in its target's column, zeros elsewhere
 */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  // Not neg: without targets that would be -0.
  return tf.sub(0, tf.sum(tf.mul(targets, tf.logSoftmax(logits))));
}

/** Squared deviations, summed over the entries where `known` is 1; all [R, C]. */
export function squaredError(
  outputs: tf.Tensor2D,
  targets: tf.Tensor2D,
  known: tf.Tensor2D,
): tf.Scalar {
  return tf.sum(tf.mul(known, tf.square(tf.sub(outputs, targets))));
}

/**
 * How many targets have the greatest logit of their row; among equal logits the first one counts
 * as the greatest, on every GPU.
 */
export function countCorrect(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const classes = logits.shape[1];
    const weight = tf.sum(targets, 1, true);
    const ofTarget = tf.div(tf.sum(tf.mul(targets, logits), 1, true), tf.maximum(weight, 1));
    const column = tf.range(0, classes, 1, 'float32');
    const targetColumn = tf.sum(tf.mul(targets, column), 1, true);
    const equalBefore = tf.logicalAnd(tf.equal(logits, ofTarget), tf.less(column, targetColumn));
    const beaten = tf.logicalOr(tf.greater(logits, ofTarget), equalBefore);
    const wins = tf.equal(tf.sum(tf.cast(beaten, 'float32'), 1, true), 0);
    return tf.sum(tf.mul(tf.cast(wins, 'float32'), weight));
  });
}
