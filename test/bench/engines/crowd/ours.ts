import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { makeOurs } from '../predict/ours.ts';
import { featureRows } from '../predict/stream.ts';
import { crowdTrial } from './crowd.ts';

/** Many characters that share one network, one step after the other. */
export function crowdOurs(
  engine: 'wasm' | 'cpu',
  { problem, characters }: { problem: Problem; characters: number },
): Trial {
  const network = makeOurs(engine, problem);
  const states = Array.from({ length: characters }, () => network.createState());
  const rows = featureRows(problem);
  return crowdTrial(problem, (tick) => {
    let logits: ArrayLike<number> = [];
    for (const state of states) logits = network.step(state, rows[tick]).actionLogits;
    return logits;
  });
}

/** The same with one call for all of them. */
export function crowdBatched({
  problem,
  characters,
}: {
  problem: Problem;
  characters: number;
}): Trial {
  const network = makeOurs('wasm', problem);
  const states = Array.from({ length: characters }, () => network.createState());
  // The rows of all characters side by side, as an encoder would write them.
  const matrices = featureRows(problem).map((row) => {
    const matrix = new Float32Array(characters * row.length);
    for (let i = 0; i < characters; i++) matrix.set(row, i * row.length);
    return matrix;
  });
  return crowdTrial(problem, (tick) => {
    let logits: ArrayLike<number> = [];
    network.stepMany(states, matrices[tick], (output) => (logits = output.actionLogits));
    return logits;
  });
}
