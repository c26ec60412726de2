import { StreamingNetwork } from '../../../../src/kernels/reference/streaming-network.ts';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { streamTrial } from './stream.ts';

/** Our predict step in plain TypeScript. */
export function predictCpu(problem: Problem): Trial {
  const network = new StreamingNetwork(problem.shape, problem.weights);
  const state = network.createState();
  return streamTrial(problem, (features) => network.step(state, features).actionLogits);
}
