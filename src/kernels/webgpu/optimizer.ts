import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../model/config.ts';

/** Weights and the optimiser's memory, all flat and of one length. */
export interface Flat {
  readonly weights: tf.Tensor1D;
  /** Momentum (SGD), or first moment (Adam). */
  readonly first: tf.Tensor1D;
  /** Second moment (Adam); zeros for SGD. */
  readonly second: tf.Tensor1D;
}

export interface UpdateOptions {
  readonly optimizer: OptimizerConfig;
  readonly learningRate: number;
  /** Updates made before this one. */
  readonly updates: number;
  /** [N] 1 for weight matrices, 0 for biases: weight decay acts where it is 1. */
  readonly penalized: tf.Tensor1D;
}

/** Scales a gradient down to the norm `limit` when it is longer; 0 = never. */
export function clipByNorm(gradient: tf.Tensor1D, limit: number): tf.Tensor1D {
  if (!limit) return tf.clone(gradient);
  return tf.tidy(() => {
    const norm = tf.sqrt(tf.sum(tf.square(gradient)));
    return tf.div(gradient, tf.maximum(tf.div(norm, limit), 1));
  });
}

/** One update: SGD with momentum, or Adam with decoupled weight decay. Disposes nothing. */
export function update(flat: Flat, gradient: tf.Tensor1D, options: UpdateOptions): Flat {
  const { optimizer } = options;
  switch (optimizer.kind) {
    case 'sgd':
      return momentumUpdate(flat, gradient, optimizer.momentum, options.learningRate);
    case 'adam':
      return adamUpdate(flat, gradient, optimizer, options);
    default:
      optimizer satisfies never;
      throw new RangeError('no such optimizer');
  }
}

/** v = momentum * v + g; w -= rate * v, as torch.optim.SGD. */
function momentumUpdate(flat: Flat, gradient: tf.Tensor1D, momentum: number, rate: number): Flat {
  const first = tf.add(tf.mul(flat.first, momentum), gradient) as tf.Tensor1D;
  const weights = tf.sub(flat.weights, tf.mul(first, rate)) as tf.Tensor1D;
  return { weights, first, second: tf.clone(flat.second) };
}

/** torch.optim.AdamW: epsilon is added after the bias correction. */
function adamUpdate(
  flat: Flat,
  gradient: tf.Tensor1D,
  { beta1, beta2, epsilon, weightDecay }: Extract<OptimizerConfig, { kind: 'adam' }>,
  { learningRate, updates, penalized }: UpdateOptions,
): Flat {
  const first = tf.add(tf.mul(flat.first, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
  const second = tf.add(
    tf.mul(flat.second, beta2),
    tf.mul(tf.square(gradient), 1 - beta2),
  ) as tf.Tensor1D;
  const firstScale = 1 / (1 - beta1 ** (updates + 1));
  const secondScale = 1 / (1 - beta2 ** (updates + 1));
  const direction = tf.div(
    tf.mul(first, firstScale),
    tf.add(tf.sqrt(tf.mul(second, secondScale)), epsilon),
  );
  const decayed = weightDecay
    ? tf.sub(flat.weights, tf.mul(flat.weights, tf.mul(penalized, learningRate * weightDecay)))
    : flat.weights;
  const weights = tf.sub(decayed, tf.mul(direction, learningRate)) as tf.Tensor1D;
  return { weights, first, second };
}
