import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';

/**
 * A trial of many characters: one run is a step of each, all with the same features. The check gives
 * the logits of the last character after the window's T steps.
 *
 * @param step takes row `tick` of the window in for every character and gives the last one's logits
 */
export function crowdTrial(problem: Problem, step: (tick: number) => ArrayLike<number>): Trial {
  const { windowLength } = problem.size;
  let tick = 0;
  const run = (times: number): ArrayLike<number> => {
    let logits: ArrayLike<number> = [];
    for (let i = 0; i < times; i++) {
      logits = step(tick);
      tick = (tick + 1) % windowLength;
    }
    return logits;
  };
  return {
    check: async () => Array.from(run(windowLength)),
    run: async (times) => void run(times),
    dispose() {},
  };
}
