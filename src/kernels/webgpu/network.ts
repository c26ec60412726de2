import * as tf from '@tensorflow/tfjs-core';
import type { NetworkShape } from '../../model/network-shape.ts';
import { embed } from './embed.ts';
import { recurrentLayer } from './layer.ts';
import type { Matrices } from './weights.ts';
import { matrix } from './weights.ts';

/** What the network reads: R = B * T rows, index b * T + t. */
export interface NetworkInput {
  readonly batchSize: number;
  readonly windowLength: number;
  /** [R, F]. */
  readonly features: tf.Tensor2D;
  /**
   * Factors, 0 or 1 / (1 - dropout), for the input of each recurrent layer [R, width] and, last,
   * for the input of the heads [R, H]. Empty without dropout.
   */
  readonly dropout: readonly tf.Tensor2D[];
}

/** Outputs of the heads that the network has, each [R, size]. */
export interface NetworkOutput {
  readonly action?: tf.Tensor2D;
  readonly time?: tf.Tensor2D;
  readonly values?: tf.Tensor2D;
}

/** The whole network over a batch, differentiable in every matrix. */
export function runNetwork(
  input: NetworkInput,
  matrices: Matrices,
  shape: NetworkShape,
): NetworkOutput {
  const { batchSize, windowLength, dropout } = input;
  const drop = (x: tf.Tensor2D, index: number): tf.Tensor2D =>
    dropout.length ? tf.mul(x, dropout[index]) : x;
  let x = embed(input.features, matrices, shape.embeddings);
  for (let layer = 0; layer < shape.layers; layer++) {
    const named = <T extends tf.Tensor>(name: string): T =>
      matrix<T>(matrices, `${shape.cell}.${name}_l${layer}`);
    const width = x.shape[1];
    const steps = tf.reshape(drop(x, layer), [batchSize, windowLength, width]) as tf.Tensor3D;
    const hidden = recurrentLayer(
      steps,
      {
        inputWeights: named('weight_ih'),
        recurrentWeights: named('weight_hh'),
        inputBias: named('bias_ih'),
        recurrentBias: named('bias_hh'),
      },
      shape.cell,
    );
    x = tf.reshape(hidden, [batchSize * windowLength, shape.units]) as tf.Tensor2D;
  }
  const top = drop(x, shape.layers);
  const head = (name: string): tf.Tensor2D =>
    tf.add(
      tf.matMul(top, matrix<tf.Tensor2D>(matrices, `${name}.weight`), false, true),
      matrix(matrices, `${name}.bias`),
    );
  return {
    action: shape.actions ? head('action') : undefined,
    time: shape.timeBins ? head('time') : undefined,
    values: shape.values ? head('values') : undefined,
  };
}
