import * as tf from '@tensorflow/tfjs';
import type { ProblemSize } from '../problem.ts';

export interface LstmModelOptions extends Omit<ProblemSize, 'batchSize'> {
  /** Probabilities instead of logits. */
  readonly softmax: boolean;
}

/** The network of a problem in tf.layers. */
export function lstmModel({
  windowLength,
  features,
  units,
  layers: depth,
  classes,
  softmax,
}: LstmModelOptions): tf.Sequential {
  const model = tf.sequential();
  for (let layer = 0; layer < depth; layer++)
    model.add(
      tf.layers.lstm({
        units,
        returnSequences: layer < depth - 1,
        // The default is a hard sigmoid: cheaper, but another network.
        recurrentActivation: 'sigmoid',
        ...(layer === 0 && { inputShape: [windowLength, features] }),
      }),
    );
  const activation = classes && softmax ? 'softmax' : 'linear';
  model.add(tf.layers.dense({ units: classes || 1, activation }));
  return model;
}
