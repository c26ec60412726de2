import { stepAt } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** Everything that a predictor predicted in some episodes, to be scored elsewhere. Plain data. */
export interface RecordedRow {
  readonly name: string;
  /** [steps, A] after each step of all episodes. */
  readonly probabilities: Float64Array;
  /** [steps] its guess; -1 where that is the most probable action. */
  readonly guesses: Int32Array;
  /** [steps, bins] of the time to the next action; empty for predictors that do not predict time. */
  readonly times: Float32Array;
}

export interface RecordOptions {
  /** Number of actions in the spec. */
  readonly actions: number;
  /** Called after each step. */
  readonly onStep?: () => void;
}

/** Runs a predictor over the episodes, once. */
export function recordRow(
  predictor: SequencePredictor,
  episodes: readonly Episode[],
  { actions, onStep }: RecordOptions,
): RecordedRow {
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  const probabilities = new Float64Array(steps * actions);
  const guesses = new Int32Array(steps);
  let times = new Float32Array(0);
  let at = 0;
  for (const episode of episodes) {
    predictor.reset(episode);
    for (let i = 0; i < episode.length; i++, at++) {
      const out = probabilities.subarray(at * actions, (at + 1) * actions);
      guesses[at] = predictor.next(stepAt(episode, i), out) ?? -1;
      onStep?.();
      const { timeProbabilities } = predictor;
      if (!timeProbabilities?.length) continue;
      if (!times.length) times = new Float32Array(steps * timeProbabilities.length);
      times.set(timeProbabilities, at * timeProbabilities.length);
    }
  }
  return { name: predictor.name, probabilities, guesses, times };
}

/** Predicts what was recorded. It must be given the same steps, once. */
export function playBack({ name, probabilities, guesses, times }: RecordedRow): SequencePredictor {
  const steps = guesses.length || 1;
  const [actions, bins] = [probabilities.length / steps, times.length / steps];
  let at = -1;
  return {
    name,
    reset() {},
    next(_step, out) {
      at++;
      out.set(probabilities.subarray(at * actions, (at + 1) * actions));
      return guesses[at] < 0 ? undefined : guesses[at];
    },
    get timeProbabilities() {
      return times.subarray(at * bins, (at + 1) * bins);
    },
  };
}
