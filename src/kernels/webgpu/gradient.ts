import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from './batch-tensors.ts';
import { crossEntropy, squaredError } from './loss.ts';
import { runNetwork } from './network.ts';
import type { NetworkOutput } from './network.ts';
import type { NetworkPlan } from './plan.ts';
import { joinWeights, nameMatrices, splitWeights } from './weights.ts';

export interface LossOptions {
  /** Weight of each head's loss. */
  readonly lossWeights: { readonly action: number; readonly time: number; readonly values: number };
  /** Penalties: l1 * sum|w| + l2 * sum w^2 / 2 over weight matrices. */
  readonly l1: number;
  readonly l2: number;
}

/** Mean loss of each head and their weighted sum `total`. */
export interface HeadLosses {
  readonly total: tf.Scalar;
  readonly action: tf.Scalar;
  readonly time: tf.Scalar;
  readonly values: tf.Scalar;
}

/** Mean losses of the heads over the targets of a batch. */
export function headLosses(
  output: NetworkOutput,
  batch: BatchTensors,
  { lossWeights }: LossOptions,
): HeadLosses {
  const none = tf.scalar(0);
  const mean = (sum: tf.Scalar): tf.Scalar => tf.div(sum, Math.max(batch.targets, 1));
  const { actions, timeBins, values, known } = batch;
  const action = output.action && actions ? mean(crossEntropy(output.action, actions)) : none;
  const time = output.time && timeBins ? mean(crossEntropy(output.time, timeBins)) : none;
  const deviation =
    output.values && values && known ? mean(squaredError(output.values, values, known)) : none;
  const total = tf.addN([
    tf.mul(action, lossWeights.action),
    tf.mul(time, lossWeights.time),
    tf.mul(deviation, lossWeights.values),
  ]) as tf.Scalar;
  return { total, action, time, values: deviation };
}

export interface Gradient {
  /** [N], penalties included, not clipped. */
  readonly gradient: tf.Tensor1D;
  /** [4] total with penalties, action, time, values. */
  readonly losses: tf.Tensor1D;
}

/**
 * Losses of a batch and their gradient in the flat weights. The caller disposes both.
 *
 * @param dropout see `NetworkInput`
 * @param penalized [N] 1 for weight matrices, 0 for biases
 */
export function lossGradient(
  weights: tf.Tensor1D,
  batch: BatchTensors,
  plan: NetworkPlan,
  options: LossOptions & {
    readonly dropout: readonly tf.Tensor2D[];
    readonly penalized: tf.Tensor1D;
  },
): Gradient {
  return tf.tidy(() => {
    // The tape's scope would dispose the single losses: keep them past it.
    let heads: HeadLosses | undefined;
    const loss = (...parts: tf.Tensor[]): tf.Scalar => {
      const input = { ...batch, dropout: options.dropout };
      const output = runNetwork(input, nameMatrices(parts, plan.layout), plan.shape);
      heads = headLosses(output, batch, options);
      for (const one of Object.values(heads)) tf.keep(one);
      return tf.clone(heads.total);
    };
    const { grads } = tf.valueAndGrads(loss)(splitWeights(weights, plan.layout));
    if (!heads) throw new RangeError('the loss was not computed');
    const penalty = penalize(weights, options);
    const gradient = tf.add(joinWeights(grads), penalty.gradient) as tf.Tensor1D;
    const { total, action, time, values } = heads;
    const losses = tf.stack([tf.add(total, penalty.loss), action, time, values]) as tf.Tensor1D;
    tf.dispose([total, action, time, values]);
    return { gradient, losses };
  });
}

function penalize(
  weights: tf.Tensor1D,
  { l1, l2, penalized }: { l1: number; l2: number; penalized: tf.Tensor1D },
): { gradient: tf.Tensor; loss: tf.Tensor } {
  if (!l1 && !l2) return { gradient: tf.scalar(0), loss: tf.scalar(0) };
  const matrices = tf.mul(weights, penalized);
  return {
    gradient: tf.add(tf.mul(tf.sign(matrices), l1), tf.mul(matrices, l2)),
    loss: tf.add(tf.mul(tf.sum(tf.abs(matrices)), l1), tf.mul(tf.sum(tf.square(matrices)), l2 / 2)),
  };
}
