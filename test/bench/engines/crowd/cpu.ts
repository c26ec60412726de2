import { StreamingNetwork } from '../../../../src/kernels/reference/streaming-network.ts';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { crowdTrial } from './crowd.ts';

/** Many characters that share one network in plain TypeScript, one step after the other. */
export function crowdCpu(problem: Problem, characters: number): Trial {
  const network = new StreamingNetwork(problem.shape, problem.weights);
  const states = Array.from({ length: characters }, () => network.createState());
  return crowdTrial(
    problem,
    characters,
    (character, features) => network.step(states[character], features).actionLogits,
  );
}
