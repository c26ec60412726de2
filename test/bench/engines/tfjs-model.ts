import type * as Layers from '@tensorflow/tfjs-layers';
import type { ProblemSize } from '../problem.ts';

export interface LstmModelOptions extends Omit<ProblemSize, 'batchSize'> {
  /** Probabilities instead of logits. */
  readonly softmax: boolean;
}

/** The network of a problem in tf.layers. */
export function lstmModel(
  layers: typeof Layers,
  { windowLength, features, units, layers: depth, classes, softmax }: LstmModelOptions,
): Layers.Sequential {
  const model = layers.sequential();
  for (let layer = 0; layer < depth; layer++)
    model.add(
      layers.layers.lstm({
        units,
        returnSequences: layer < depth - 1,
        // The default is a hard sigmoid: cheaper, but another network.
        recurrentActivation: 'sigmoid',
        ...(layer === 0 && { inputShape: [windowLength, features] }),
      }),
    );
  const activation = classes && softmax ? 'softmax' : 'linear';
  model.add(layers.layers.dense({ units: classes || 1, activation }));
  return model;
}
