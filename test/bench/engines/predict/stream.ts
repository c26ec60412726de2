import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';

/**
 * A trial of streaming prediction: one run is one step from the state of the step before. The check
 * takes the window's T steps and gives the logits after the last one.
 *
 * @param step takes a row [F] of features in and gives the logits
 */
export function streamTrial(
  problem: Problem,
  step: (features: Float32Array) => ArrayLike<number>,
): Trial {
  const { windowLength } = problem.size;
  const rows = featureRows(problem);
  let at = 0;
  const run = (times: number): ArrayLike<number> => {
    let logits: ArrayLike<number> = [];
    for (let i = 0; i < times; i++) {
      logits = step(rows[at]);
      at = (at + 1) % windowLength;
    }
    return logits;
  };
  return {
    check: async () => Array.from(run(windowLength)),
    run: async (times) => void run(times),
    dispose() {},
  };
}

/** The T rows [F] of the first window. */
export function featureRows({ size, batch }: Problem): readonly Float32Array[] {
  const { windowLength, features } = size;
  return Array.from({ length: windowLength }, (_, t) =>
    batch.features.slice(t * features, (t + 1) * features),
  );
}
