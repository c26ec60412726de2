import brain from 'brain.js/browser.js';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';

/**
 * brain.js' LSTM for time series, in the form it has: one window after the other, an update after
 * each, every step a target, and its own optimiser. A "batch" is one pass over B windows.
 */
export async function trainBrain({ size, batch }: Problem): Promise<Trial> {
  const { batchSize, windowLength, features, units, layers, classes } = size;
  if (features !== 1 || classes)
    throw new Error('brain.js trains number series on their own next number only: see shape S');
  const network = new brain.recurrent.LSTMTimeStep({
    inputSize: 1,
    hiddenLayers: Array<number>(layers).fill(units),
    outputSize: 1,
  });
  // T inputs have T targets, so a series is one longer.
  const series = Array.from({ length: batchSize }, (_, b) => {
    const from = b * windowLength;
    const last = batch.values[from + windowLength - 1];
    return [...batch.features.subarray(from, from + windowLength), last];
  });
  const pass = (iterations: number) => network.train(series, { iterations, errorThresh: 0 });
  return {
    check: async () => [pass(1).error],
    run: async (times) => void pass(times),
    dispose() {},
  };
}
