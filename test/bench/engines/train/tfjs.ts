import * as tf from '@tensorflow/tfjs';
import { LEARNING_RATE, lastClasses, lastValues } from '../../problem.ts';
import type { Problem } from '../../problem.ts';
import { CHECKED_UPDATES } from '../../trial.ts';
import type { Trial } from '../../trial.ts';
import { kerasWeights } from '../keras-weights.ts';
import { useTfjsBackend } from '../tfjs-backend.ts';
import type { TfjsBackend } from '../tfjs-backend.ts';
import { lstmModel } from '../tfjs-model.ts';

/** tf.layers LSTM, trained with `trainOnBatch`. */
export async function trainTfjs(backend: TfjsBackend, problem: Problem): Promise<Trial> {
  await useTfjsBackend(backend);
  const { size, batch } = problem;
  const { batchSize, windowLength, features, classes } = size;
  const model = lstmModel({ ...size, windowLength, softmax: true });
  model.setWeights(kerasWeights(problem).map(({ data, dims }) => tf.tensor(data, [...dims])));
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8),
    loss: classes ? 'categoricalCrossentropy' : 'meanSquaredError',
  });
  const x = tf.tensor3d(batch.features, [batchSize, windowLength, features]);
  const y = classes
    ? tf.tidy(() =>
        tf.cast(tf.oneHot(tf.tensor1d(lastClasses(problem), 'int32'), classes), 'float32'),
      )
    : tf.tensor2d(lastValues(problem), [batchSize, 1]);
  // All updates are queued before the first loss is waited for, so that a GPU never idles between.
  const update = async (times: number): Promise<number[]> => {
    const losses = Array.from({ length: times }, () => model.trainOnBatch(x, y));
    return (await Promise.all(losses)).flat();
  };
  return {
    check: () => update(CHECKED_UPDATES),
    run: async (times) => void (await update(times)),
    dispose: () => tf.disposeVariables(),
  };
}
