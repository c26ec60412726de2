import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { featureRows } from '../predict/stream.ts';

/**
 * A trial of many characters: one run is a step of each. The check gives the logits of the last one
 * after the window's T steps.
 *
 * @param step takes a row [F] of features of a character in and gives its logits
 */
export function crowdTrial(
  problem: Problem,
  characters: number,
  step: (character: number, features: Float32Array) => ArrayLike<number>,
): Trial {
  const rows = featureRows(problem);
  let tick = 0;
  const run = (times: number): ArrayLike<number> => {
    let logits: ArrayLike<number> = [];
    for (let i = 0; i < times; i++, tick++)
      for (let character = 0; character < characters; character++)
        logits = step(character, rows[tick % rows.length]);
    return logits;
  };
  return {
    check: async () => Array.from(run(rows.length)),
    run: async (times) => void run(times),
    dispose() {},
  };
}
