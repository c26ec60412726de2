import * as tf from '@tensorflow/tfjs';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { kerasWeights } from '../keras-weights.ts';
import { useTfjsBackend } from '../tfjs-backend.ts';
import { lstmModel } from '../tfjs-model.ts';

/**
 * tf.layers on tfjs' wasm backend. Its LSTM keeps no state from call to call in a way a game could
 * use for many characters, so every prediction goes through the whole window again.
 */
export async function predictTfjsWindow(problem: Problem): Promise<Trial> {
  await useTfjsBackend('wasm');
  const { windowLength, features } = problem.size;
  const model = lstmModel({ ...problem.size, softmax: false });
  model.setWeights(kerasWeights(problem).map(({ data, dims }) => tf.tensor(data, [...dims])));
  const predict = (): Float32Array => {
    const logits = tf.tidy(
      () =>
        model.predict(
          tf.tensor3d(problem.batch.features, [1, windowLength, features]),
        ) as tf.Tensor,
    );
    const values = logits.dataSync<'float32'>();
    logits.dispose();
    return values;
  };
  return {
    check: async () => [...predict()],
    async run(times) {
      for (let i = 0; i < times; i++) predict();
    },
    dispose: () => model.dispose(),
  };
}
