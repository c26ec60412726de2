import { createStreaming } from '../../../../src/predict/create-streaming.ts';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { streamTrial } from './stream.ts';

/** Our predict step, called as the predictor calls it. */
export function predictOurs(engine: 'wasm' | 'cpu', problem: Problem): Trial {
  const network = createStreaming(problem.shape, problem.weights, { engine });
  const state = network.createState();
  return streamTrial(problem, (features) => network.step(state, features).actionLogits);
}
